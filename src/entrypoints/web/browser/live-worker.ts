import { LiveHub } from './live-hub.ts';

/** What a page tells the worker. */
export type ToWorker =
  | { readonly kind: 'join'; readonly url: string; readonly after: number }
  | { readonly kind: 'leave' };

/**
 * The shared worker: all tabs of a company share one line to the server, because a browser opens only six per host over
 * HTTP/1.1 and ten tabs would starve each other.
 */
let hub: LiveHub | null = null;

globalThis.addEventListener('connect', (event) => {
  const port = (event as MessageEvent).ports[0];
  if (!port) return;
  port.addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
    if (data.kind === 'leave') {
      hub?.leave(port);
      return;
    }
    hub ??= new LiveHub(data.url);
    hub.join(port, data.after, (news) => port.postMessage(news));
  });
  port.start();
});
