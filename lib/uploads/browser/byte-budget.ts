type Waiter = { order: number; bytes: number; grant: () => void };

/** Parts in hand at a time, hashed ahead, signed or on the way: 12 of 16 MiB. They are slices of files: none is kept in memory. */
export const bodyBytes = 12 * 16 * 1024 * 1024;

/** Bounds what is read, signed and sent ahead. One part larger than the whole budget may be in hand alone. The earliest file goes first. */
export function createByteBudget(limit = bodyBytes) {
  let used = 0;
  const waiting: Waiter[] = [];

  function pump() {
    while (waiting[0] && (used === 0 || used + waiting[0].bytes <= limit)) {
      const waiter = waiting.shift() as Waiter;
      used += waiter.bytes;
      waiter.grant();
    }
  }

  return {
    /** Resolves with the function that gives the bytes back. @throws the signal's reason */
    acquire(bytes: number, order: number, signal: AbortSignal): Promise<() => void> {
      return new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason);
        const onAbort = () => {
          waiting.splice(waiting.indexOf(waiter), 1);
          reject(signal.reason);
          pump();
        };
        const waiter: Waiter = {
          order,
          bytes,
          grant: () => {
            signal.removeEventListener('abort', onAbort);
            let held = true;
            resolve(() => {
              if (!held) return;
              held = false;
              used -= bytes;
              pump();
            });
          },
        };
        signal.addEventListener('abort', onAbort, { once: true });
        let at = waiting.length;
        while (at > 0 && (waiting[at - 1] as Waiter).order > order) at -= 1;
        waiting.splice(at, 0, waiter);
        pump();
      });
    },
  };
}
export type ByteBudget = ReturnType<typeof createByteBudget>;
