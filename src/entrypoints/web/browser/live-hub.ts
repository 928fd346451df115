/** What changed, by id; `counts` are the numbers beside the places of the side bar. */
export type Change = {
  readonly documents: readonly string[];
  readonly messages: readonly string[];
  readonly counts?: Readonly<Record<string, number>>;
};

/** What a page hears: a change, or that too much happened while it was away, so that it must fetch itself anew. */
export type News =
  | { readonly kind: 'changed'; readonly index: number; readonly change: Change }
  | { readonly kind: 'stale' };

type Listener = (news: News) => void;

const kept = 500; // changes remembered for pages that were rendered before they came
const longestWaitMs = 30_000;

/**
 * One stream of server-sent events for all pages of a browser. Each change carries the log's index as its id; a page says at
 * which index it was made and gets what came after, from memory or from the server. EventSource repeats the last id by itself
 * when the line breaks; where the server closes it for good, we ask again with `after`.
 */
export class LiveHub {
  private readonly listeners = new Map<unknown, Listener>();
  private readonly past: { index: number; change: Change }[] = [];
  private source: EventSource | null = null;
  private last = -1;
  private first = -1;
  private failures = 0;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private readonly url: string;
  private readonly open: (url: string) => EventSource;

  constructor(url: string, open: (url: string) => EventSource = (address) => new EventSource(address)) {
    this.url = url;
    this.open = open;
  }

  /** A page that was made at `after` wants news. A second call under the same key replaces the first. */
  join(key: unknown, after: number, listener: Listener): void {
    this.listeners.set(key, listener);
    if (this.source === null && this.timer === null && after > this.last) {
      // Nobody listened since: what came between is on the new page already.
      this.last = after;
      this.first = after;
      this.past.length = 0;
    } else if (after < this.first) {
      listener({ kind: 'stale' });
    } else {
      for (const { index, change } of this.past)
        if (index > after) listener({ kind: 'changed', index, change });
    }
    if (this.source === null && this.timer === null) this.connect();
  }

  /** A page is gone; with the last one the line is closed. */
  leave(key: unknown): void {
    this.listeners.delete(key);
    if (this.listeners.size > 0) return;
    this.source?.close();
    this.source = null;
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
  }

  private connect(): void {
    this.timer = null;
    const source = this.open(`${this.url}?after=${this.last}`);
    this.source = source;
    source.addEventListener('open', () => {
      this.failures = 0;
    });
    source.addEventListener('changed', (event) => this.take(event));
    source.addEventListener('stale', () => this.tell({ kind: 'stale' }));
    source.addEventListener('error', () => {
      if (source.readyState !== EventSource.CLOSED || this.source !== source) return;
      this.source = null;
      const wait = Math.min(longestWaitMs, 1000 * 2 ** this.failures++);
      this.timer = setTimeout(() => this.connect(), wait);
    });
  }

  private take(event: MessageEvent<string>): void {
    const index = Number(event.lastEventId);
    if (!Number.isSafeInteger(index) || index <= this.last) return;
    const change = JSON.parse(event.data) as Change;
    this.last = index;
    this.past.push({ index, change });
    if (this.past.length > kept) this.first = this.past.shift()?.index ?? this.first;
    this.tell({ kind: 'changed', index, change });
  }

  private tell(news: News): void {
    for (const listener of this.listeners.values()) listener(news);
  }
}
