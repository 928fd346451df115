/** One open line to a browser. */
export interface Subscriber {
  readonly companyId: string;
  /** The index of the last event that this browser knows. */
  last: number;
  readonly isOpen: () => Promise<boolean>;
  send(text: string): void;
  end(): void;
}

/** What a browser may leave unread before it is cut off; it comes back and asks for what it has missed. */
const mostUnread = 256 * 1024;

/** A stream of server-sent events (WHATWG HTML §9.2) and the subscriber that writes to it; `onEnd` is called once. */
export function openStream(
  about: Pick<Subscriber, 'companyId' | 'last' | 'isOpen'>,
  onEnd: (subscriber: Subscriber) => void,
): { readonly subscriber: Subscriber; readonly stream: ReadableStream<Uint8Array> } {
  const encoder = new TextEncoder();
  let controller: ReadableStreamDefaultController<Uint8Array> | null = null;
  const end = (): void => {
    const open = controller;
    controller = null;
    if (!open) return;
    onEnd(subscriber);
    try {
      open.close();
    } catch {
      // The browser was faster: the stream is closed already.
    }
  };
  const subscriber: Subscriber = {
    ...about,
    end,
    send: (text) => {
      if (!controller) return;
      controller.enqueue(encoder.encode(text));
      if ((controller.desiredSize ?? 0) < -mostUnread) end();
    },
  };
  const stream = new ReadableStream<Uint8Array>(
    {
      start: (own) => {
        controller = own;
      },
      cancel: () => end(),
    },
    new ByteLengthQueuingStrategy({ highWaterMark: 0 }),
  );
  return { subscriber, stream };
}
