import { AppError } from '#lib/errors.ts';
import { metrics } from '#lib/metrics/registry.ts';

/** Kinds of requests that are counted apart: one must not take the room of another. */
export type LoadKind = 'api' | 'page' | 'waiting';

/** Requests that wait for changes hold a socket and little else; this bound is for a page that asks in a loop. */
const mostWaiting = 2_000;
/** Seconds until a request that found no room may come again. */
const retryAfter = 2;

// What is under way belongs to the process, however many module graphs Next keeps.
const holder = globalThis as { strataLoad?: Record<LoadKind, number>; strataDraining?: AbortController };
holder.strataLoad ??= { api: 0, page: 0, waiting: 0 };
holder.strataDraining ??= new AbortController();

/** Requests under way in this process by kind; written by lib/metrics/count-requests.ts. */
export const load = holder.strataLoad;

/**
 * Lets a request in while there is room; it counts itself already. Beyond that it is told at once to come back, so that a slow
 * database or store never makes a pile that takes the memory and, later, the answers of all.
 * @param most API requests at once; pages get half as many
 * @throws AppError overloaded
 */
export function requireRoom(kind: LoadKind, most: number, now: Record<LoadKind, number> = load): void {
  const limit = { api: most, page: Math.ceil(most / 2), waiting: mostWaiting }[kind];
  if (now[kind] <= limit) return;
  metrics().shed.inc();
  throw new AppError(
    'overloaded',
    `Too many requests are under way. Nothing was changed. It is tried again in ${retryAfter} s.`,
    {
      retryAfter,
    },
  );
}

/** Aborted when this process was asked to end: it is not ready any more, and requests that only wait end early. */
export const draining = holder.strataDraining;
