import { Controller } from '@hotwired/stimulus';
import { morphElements, visit } from '@hotwired/turbo';
import { type Change, LiveHub, type News } from './live-hub.ts';
import type { ToWorker } from './live-worker.ts';

const gatherMs = 120; // changes of one moment are fetched together

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
    if (this.waiting.size === 0) return;
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.refresh(), gatherMs);
  }

  private async refresh(): Promise<void> {
    const elements = [...this.waiting].filter((element) => element.isConnected);
    this.waiting.clear();
    await Promise.all(elements.map((element) => fetchAnew(element)));
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
  keepOpen(element, next);
  morphElements(element, next);
  element.setAttribute('data-changed', '');
  setTimeout(() => element.removeAttribute('data-changed'), 1500);
}

/** What the reader has opened stays open. */
function keepOpen(now: Element, next: Element): void {
  for (const open of now.querySelectorAll('details[id]')) {
    const same = next.querySelector(`#${CSS.escape(open.id)}`);
    same?.toggleAttribute('open', (open as HTMLDetailsElement).open);
  }
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
