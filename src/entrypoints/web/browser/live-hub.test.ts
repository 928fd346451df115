import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LiveHub, type News } from './live-hub.ts';

/** EventSource does not exist in Node 20; this one is driven by the test. */
class Source extends EventTarget {
  static readonly CLOSED = 2;
  readyState = 1;
  readonly url: string;
  constructor(url: string) {
    super();
    this.url = url;
  }
  close(): void {
    this.readyState = 2;
  }
  change(id: number, document: string): void {
    const event = new MessageEvent('changed', {
      data: JSON.stringify({ documents: [document], messages: [] }),
      lastEventId: String(id),
    });
    this.dispatchEvent(event);
  }
}
Object.assign(globalThis, { EventSource: Source });

function makeHub(): { hub: LiveHub; sources: Source[]; heard: (key: string, after: number) => string[] } {
  const sources: Source[] = [];
  const hub = new LiveHub('/live', (url) => {
    const source = new Source(url);
    sources.push(source);
    return source as unknown as EventSource;
  });
  const heard = (key: string, after: number): string[] => {
    const list: string[] = [];
    hub.join(key, after, (news: News) =>
      list.push(news.kind === 'stale' ? 'stale' : `${news.index} ${news.change.documents[0]}`),
    );
    return list;
  };
  return { hub, sources, heard };
}

test('ten pages share one line, and each hears every change once', () => {
  const { sources, heard } = makeHub();
  const pages = Array.from({ length: 10 }, (_, at) => heard(`page-${at}`, 7));
  sources[0]?.change(8, 'doc_a');
  sources[0]?.change(8, 'doc_a');
  assert.equal(sources.length, 1);
  assert.equal(sources[0]?.url, '/live?after=7');
  assert.deepEqual(
    pages,
    Array.from({ length: 10 }, () => ['8 doc_a']),
  );
});

test('a page that was made before a change came hears it on joining', () => {
  const { sources, heard } = makeHub();
  heard('first', 7);
  sources[0]?.change(8, 'doc_a');
  sources[0]?.change(9, 'doc_b');
  assert.deepEqual(heard('second', 8), ['9 doc_b']);
});

test('a page older than what is remembered is told to fetch itself anew', () => {
  const { heard } = makeHub();
  heard('first', 7);
  assert.deepEqual(heard('second', 3), ['stale']);
});

test('after all pages left, the next one starts from its own place', () => {
  const { hub, sources, heard } = makeHub();
  heard('first', 7);
  hub.leave('first');
  assert.equal(sources[0]?.readyState, 2);
  assert.deepEqual(heard('second', 20), []);
  assert.equal(sources[1]?.url, '/live?after=20');
});

test('a line that the server closed is opened again after the last change heard', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const { sources, heard } = makeHub();
  const list = heard('first', 7);
  sources[0]?.change(8, 'doc_a');
  sources[0]?.close();
  sources[0]?.dispatchEvent(new Event('error'));
  t.mock.timers.tick(1000);
  assert.equal(sources[1]?.url, '/live?after=8');
  sources[1]?.change(9, 'doc_b');
  assert.deepEqual(list, ['8 doc_a', '9 doc_b']);
});
