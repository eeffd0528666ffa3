/** Chromium opens 6 connections to an HTTP/1.1 origin; 4 parts of one file fill a store (performance.md section 1). */
export const requestsPerOrigin = 6;
export const partsPerFile = 4;

type Waiter = { order: number; fileId: number; origin: string; grant: () => void };

/**
 * Who may send now: at most 6 requests to an origin and 4 of one file. The earliest file goes first, and the next file's
 * parts start while the last ones of the previous drain.
 */
export function createRequestSlots(limits = { perOrigin: requestsPerOrigin, perFile: partsPerFile }) {
  const waiting: Waiter[] = [];
  const byOrigin = new Map<string, number>();
  const byFile = new Map<number, number>();

  const free = (w: Waiter) =>
    (byOrigin.get(w.origin) ?? 0) < limits.perOrigin && (byFile.get(w.fileId) ?? 0) < limits.perFile;

  function pump() {
    for (let i = 0; i < waiting.length; ) {
      const waiter = waiting[i] as Waiter;
      if (!free(waiter)) {
        i += 1;
        continue;
      }
      waiting.splice(i, 1);
      byOrigin.set(waiter.origin, (byOrigin.get(waiter.origin) ?? 0) + 1);
      byFile.set(waiter.fileId, (byFile.get(waiter.fileId) ?? 0) + 1);
      waiter.grant();
    }
  }

  return {
    /** Resolves with the function that gives the slot back. @throws the signal's reason */
    acquire(want: { order: number; fileId: number; origin: string; signal: AbortSignal }): Promise<() => void> {
      return new Promise((resolve, reject) => {
        if (want.signal.aborted) return reject(want.signal.reason);
        const onAbort = () => {
          waiting.splice(waiting.indexOf(waiter), 1);
          reject(want.signal.reason);
        };
        const waiter: Waiter = {
          order: want.order,
          fileId: want.fileId,
          origin: want.origin,
          grant: () => {
            want.signal.removeEventListener('abort', onAbort);
            let held = true;
            resolve(() => {
              if (!held) return;
              held = false;
              byOrigin.set(want.origin, (byOrigin.get(want.origin) ?? 1) - 1);
              const left = (byFile.get(want.fileId) ?? 1) - 1;
              if (left > 0) byFile.set(want.fileId, left);
              else byFile.delete(want.fileId);
              pump();
            });
          },
        };
        want.signal.addEventListener('abort', onAbort, { once: true });
        let at = waiting.length;
        while (at > 0 && (waiting[at - 1] as Waiter).order > want.order) at -= 1;
        waiting.splice(at, 0, waiter);
        pump();
      });
    },
    /** Requests waiting for a slot; the batches of start calls look at it. */
    waitingCount: () => waiting.length,
    /** Requests on the way, to any origin. */
    busy: () => [...byOrigin.values()].reduce((sum, count) => sum + count, 0),
  };
}
export type RequestSlots = ReturnType<typeof createRequestSlots>;
