export type Buffers = ReturnType<typeof createBuffers>;

/**
 * Memory that is used again and again. A browser frees what a stream was read into when it likes, which may be 64 MiB later, and each thread
 * has such a heap.
 * @param bytes of each
 */
export function createBuffers(bytes: number) {
  const free: ArrayBuffer[] = [];
  return {
    bytes,
    /** One that nobody uses, whatever is in it. */
    take: (): ArrayBuffer => free.pop() ?? new ArrayBuffer(bytes),
    /** Nothing happens with one that was handed to another thread, or is not from here. */
    give: (buffer: ArrayBuffer): void => {
      if (buffer.byteLength === bytes) free.push(buffer);
    },
  };
}
