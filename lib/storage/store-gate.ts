import { AppError } from '#lib/errors.ts';

export type StoreBounds = {
  /** Calls at once. */
  atOnce: number;
  /** Calls that stand in line beyond those. */
  waiting: number;
  /** Milliseconds that one stands in line at most. */
  waitMs: number;
};
type Waiter = { enter: () => void; timer: NodeJS.Timeout };
type Gate = { bounds: StoreBounds; running: number; line: Waiter[] };

// The bound is the process's, however many module graphs Next keeps.
const holder = globalThis as { strataStoreGate?: Gate };

/**
 * From now on this process makes so many calls to the store at once and lets so many wait so long; more are refused at once. A web
 * process sets it, so that a slow store takes only its share of the requests; a worker bounds its own work and waits.
 */
export function boundStoreCalls(bounds: StoreBounds): void {
  holder.strataStoreGate = { bounds, running: 0, line: [] };
}

/** @throws AppError store_unavailable when there is no room */
export async function throughStoreGate<T>(call: () => Promise<T>): Promise<T> {
  const gate = holder.strataStoreGate;
  if (!gate) return call();
  if (gate.running < gate.bounds.atOnce) gate.running += 1;
  else await standInLine(gate);
  try {
    return await call();
  } finally {
    // The one that ends hands its place over, so `running` stays as it is.
    const next = gate.line.shift();
    if (next) {
      clearTimeout(next.timer);
      next.enter();
    } else gate.running -= 1;
  }
}

function standInLine(gate: Gate): Promise<void> {
  if (gate.line.length >= gate.bounds.waiting) throw tooSlow();
  return new Promise((resolve, reject) => {
    const waiter: Waiter = {
      enter: resolve,
      timer: setTimeout(() => {
        gate.line.splice(gate.line.indexOf(waiter), 1);
        reject(tooSlow());
      }, gate.bounds.waitMs),
    };
    gate.line.push(waiter);
  });
}

function tooSlow(): AppError {
  return new AppError(
    'store_unavailable',
    'The store is slow, and many requests wait for it. It is tried again by itself.',
    {
      retryAfter: 5,
    },
  );
}
