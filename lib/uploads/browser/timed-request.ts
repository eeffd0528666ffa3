import type { SignedRequest, TimedRequest } from './types.ts';

/** DESIGN section 5: links live 10 min at most. A computer whose clock is wrong must not make every link look old or eternal. */
const longestLifeMs = 11 * 60_000;
const assumedLifeMs = 5 * 60_000;
/** A transfer may start this long before the end; S3 looks at the time only when a request begins. 20 s. */
const marginMs = 20_000;

/** Dates a link by the page's own steady clock. */
export function timed(request: SignedRequest): TimedRequest {
  const said = Date.parse(request.expiresAt) - Date.now();
  const life = said > 0 && said <= longestLifeMs ? said : assumedLifeMs;
  const receivedAt = performance.now();
  return { ...request, receivedAt, staleAt: receivedAt + Math.max(0, life - marginMs) };
}

export function isStale(request: TimedRequest): boolean {
  return performance.now() >= request.staleAt;
}
