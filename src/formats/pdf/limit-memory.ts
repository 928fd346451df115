/**
 * Bounds what this thread may hold in byte arrays: a heap limit does not count them, and a deflated stream grows a
 * thousandfold. Allocations of a megabyte and more are checked against all that the thread holds; the one that would go
 * over throws. Returns a function that tells whether that has happened. For threads of one library only: it replaces a global.
 */
export function limitByteArrays(maxBytes: number): () => boolean {
  let wasExceeded = false;
  const checkedFrom = 1 << 20;
  const check = (size: unknown): void => {
    if (typeof size !== 'number' || size < checkedFrom) return;
    if (size + process.memoryUsage().arrayBuffers <= maxBytes) return;
    wasExceeded = true;
    throw new RangeError('More memory than this document may take.');
  };
  globalThis.Uint8Array = new Proxy(Uint8Array, {
    construct(target, args, newTarget) {
      check(args[0]);
      return Reflect.construct(target, args, newTarget);
    },
  });
  globalThis.ArrayBuffer = new Proxy(ArrayBuffer, {
    construct(target, args, newTarget) {
      check(args[0]);
      return Reflect.construct(target, args, newTarget);
    },
  });
  // The browsers' way to inflate allocates outside of our sight; pdf.js falls back to its own when it is absent.
  Reflect.deleteProperty(globalThis, 'DecompressionStream');
  return () => {
    const was = wasExceeded;
    wasExceeded = false;
    return was;
  };
}
