import { Controller } from '@hotwired/stimulus';
import { morphElements, visit } from '@hotwired/turbo';
import { keepState } from './keep-state.ts';
import { type Change, LiveHub, type News } from './live-hub.ts';
import type { ToWorker } from './live-worker.ts';

const gatherMs = 120; // changes of one moment are fetched together
const pauseMs = 3000; // a list that everything is about asks the database for all of it: not for each mail of a run

/** One line per browser: a shared worker, or, where there is none, a line of this tab. Kept over Turbo's page changes. */
type Line = { join(after: number, listener: (news: News) => void): void; leave(): void };
let line: { readonly scope: string; readonly line: Line } | null = null;

/** Envelopes, histories and counts change while one looks: `data-live="document:ID"` fetches its `data-fragment` anew. */
export class Live extends Controller<HTMLElement> {
  static override readonly values = { url: String, worker: String, scope: String, after: Number };
  declare readonly urlValue: string;
  declare readonly workerValue: string;
  declare readonly scopeValue: string;
  declare readonly afterValue: number;
  private readonly waiting = new Set<Element>();
  private readonly fetchedAt = new WeakMap<Element, number>();
  private timer = 0;

  override connect(): void {
    if (line?.scope !== this.scopeValue) {
      line?.line.leave();
      line = { scope: this.scopeValue, line: openLine(this.urlValue, this.workerValue, this.scopeValue) };
    }
    const join = (): void => line?.line.join(this.afterValue, (news) => this.hear(news));
    join();
    addEventListener('pagehide', this.leave);
    addEventListener('pageshow', this.back);
    this.rejoin = join;
  }

  override disconnect(): void {
    window.clearTimeout(this.timer);
    removeEventListener('pagehide', this.leave);
    removeEventListener('pageshow', this.back);
  }

  private rejoin: () => void = () => undefined;
  private readonly leave = (): void => line?.line.leave();
  private readonly back = (event: PageTransitionEvent): void => {
    if (event.persisted) this.rejoin();
  };

  private hear(news: News): void {
    if (news.kind === 'stale') {
      visit(location.href, { action: 'replace' });
      return;
    }
    showCounts(news.change.counts ?? {});
    for (const element of concerned(news.change)) this.waiting.add(element);
    if (this.waiting.size > 0) this.refreshIn(gatherMs);
  }

  private refreshIn(ms: number): void {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.refresh(), ms);
  }

  private async refresh(): Promise<void> {
    const elements = [...this.waiting].filter((element) => element.isConnected);
    this.waiting.clear();
    const now = performance.now();
    const waits = elements.map((element) => this.pauseOf(element, now));
    const due = elements.filter((_, n) => (waits[n] ?? 0) <= 0);
    for (const element of due) this.fetchedAt.set(element, now);
    for (const element of elements) if (!due.includes(element)) this.waiting.add(element);
    if (this.waiting.size > 0) this.refreshIn(Math.min(...waits.filter((wait) => wait > 0)));
    await Promise.all(due.map((element) => fetchAnew(element)));
  }

  /** For how long it may not be fetched again, in milliseconds. */
  private pauseOf(element: Element, now: number): number {
    if (!isAboutAll(element)) return 0;
    return (this.fetchedAt.get(element) ?? -pauseMs) + pauseMs - now;
  }
}

/** Everything on the page that a change is about; `any` is about each of them. */
function concerned(change: Change): Element[] {
  const names = new Set([
    'any',
    ...change.documents.map((id) => `document:${id}`),
    ...change.messages.map((id) => `message:${id}`),
  ]);
  return [...document.querySelectorAll<HTMLElement>('[data-live]')].filter((element) =>
    names.has(element.dataset['live'] ?? ''),
  );
}

async function fetchAnew(element: Element): Promise<void> {
  const url = element.getAttribute('data-fragment');
  if (!url) return;
  const answer = await fetch(url, { headers: { accept: 'text/html' } }).catch(() => null);
  if (!answer?.ok) return; // the next change, or the next page, brings it
  const next = new DOMParser().parseFromString(await answer.text(), 'text/html').body.firstElementChild;
  if (!next || next.outerHTML === element.outerHTML) return;
  keepState(element, next);
  morphElements(element, next);
  for (const list of element.querySelectorAll('[data-controller~="ticks"]'))
    list.dispatchEvent(new Event('live:changed'));
  if (isAboutAll(element)) return; // a whole list that lights up says nothing
  element.setAttribute('data-changed', '');
  setTimeout(() => element.removeAttribute('data-changed'), 1500);
}

function isAboutAll(element: Element): boolean {
  return element.getAttribute('data-live') === 'any';
}

function showCounts(counts: Readonly<Record<string, number>>): void {
  for (const [place, count] of Object.entries(counts))
    for (const element of document.querySelectorAll<HTMLElement>(`[data-count="${CSS.escape(place)}"]`)) {
      element.textContent = new Intl.NumberFormat(document.documentElement.lang).format(count);
      element.hidden = count === 0 && place === 'notices';
    }
}

function openLine(url: string, worker: string, scope: string): Line {
  if (typeof SharedWorker === 'undefined') {
    const hub = new LiveHub(url);
    return { join: (after, listener) => hub.join('page', after, listener), leave: () => hub.leave('page') };
  }
  const { port } = new SharedWorker(worker, { name: `envoi-${scope}`, type: 'module' });
  let hear: (news: News) => void = () => undefined;
  port.addEventListener('message', ({ data }: MessageEvent<News>) => hear(data));
  port.start();
  const tell = (message: ToWorker): void => port.postMessage(message);
  return {
    join(after, listener) {
      hear = listener;
      tell({ kind: 'join', url, after });
    },
    leave: () => tell({ kind: 'leave' }),
  };
}
