import type { RecordedHit } from '#domain/tracking';
import type { SeenPage } from '../kit/index.ts';

/** The pages that were on a person's screen, and for how long in all visits together; empty where nobody is known to have looked. */
export function pagesSeen(hits: readonly RecordedHit[]): SeenPage[] {
  const views = hits.filter((hit) => hit.signal === 'view' && hit.actor === 'person');
  const numbers = [...new Set(views.flatMap((view) => view.pages))].sort((a, b) => a - b);
  return numbers.map((page) => ({
    page,
    views: views.filter((view) => view.pages.includes(page)).length,
    seconds: views.reduce((sum, view) => sum + (view.pageSeconds[page] ?? 0), 0),
  }));
}
