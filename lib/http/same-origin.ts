import { env } from '#lib/env.ts';
import { AppError } from '#lib/errors.ts';

/**
 * Refuses a mutation that another site made a signed-in browser send (OWASP CSRF cheat sheet: Fetch Metadata with an Origin fallback).
 * A request with neither header comes from no current browser and must use a token.
 * @throws AppError cross_site
 */
export function requireSameOrigin(headers: Headers): void {
  const site = headers.get('sec-fetch-site');
  const origin = headers.get('origin');
  const allowed = site ? site === 'same-origin' : origin === new URL(env().APP_URL).origin;
  if (!allowed) {
    throw new AppError(
      'cross_site',
      'This request did not come from a page of Strata. Programs use an API token instead.',
    );
  }
}
