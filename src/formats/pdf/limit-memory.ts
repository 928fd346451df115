/**
 * Bounds what this thread may hold in byte arrays: a heap limit does not count them, and a deflated stream grows a
 * thousandfold. Allocations of a megabyte and more are checked against all that the thread holds; the one that would go
 * over throws. Returns a function that tells whether that happened since it was last asked. For threads of one library
 * only: it replaces globals.
 */
export function limitByteArrays(maxBytes: number): () => boolean {
  let wasExceeded = false;
  const check = (size: unknown): void => {
    if (typeof size !== 'number' || size < checkedFrom) return;
    if (size + process.memoryUsage().arrayBuffers <= maxBytes) return;
    wasExceeded = true;
    throw new RangeError('More memory than this document may take.');
  };
  globalThis.Uint8Array = checked(Uint8Array, check);
  globalThis.ArrayBuffer = checked(ArrayBuffer, check);
  globalThis.DecompressionStream = checkedInflation(check);
  return () => {
    const was = wasExceeded;
    wasExceeded = false;
    return was;
  };
}

const checkedFrom = 1 << 20;

type Check = (size: unknown) => void;

function checked<Class extends new (...args: never[]) => object>(original: Class, check: Check): Class {
  return new Proxy(original, {
    construct(target, args, newTarget) {
      check(args[0]);
      return Reflect.construct(target, args, newTarget);
    },
  });
}

/** Inflating as browsers do it makes its arrays outside of JavaScript: what comes out is counted instead. */
function checkedInflation(check: Check): typeof DecompressionStream {
  const Original = DecompressionStream;
  return class {
    readonly readable: DecompressionStream['readable'];
    readonly writable: DecompressionStream['writable'];

    constructor(format: CompressionFormat) {
      const inner = new Original(format);
      let unchecked = 0;
      const counting = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
        transform(chunk, controller) {
          unchecked += chunk.byteLength;
          if (unchecked >= checkedFrom) {
            check(unchecked);
            unchecked = 0;
          }
          controller.enqueue(chunk);
        },
      });
      this.writable = inner.writable;
      this.readable = inner.readable.pipeThrough(counting);
    }
  };
}
