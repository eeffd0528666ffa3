import { requireLibraryAdmin } from '#lib/auth/access.ts';
import type { Actor } from '#lib/auth/actor.ts';
import { requireLibrary } from '#lib/libraries/require-library.ts';
import { wantedEncryption } from '#lib/storage/client.ts';
import { PROBE_PREFIX } from '#lib/storage/probe-prefix.ts';
import { PROBE_BODY, signProbePut } from './probes/sign-probe-put.ts';

/**
 * A PUT for the admin's own browser, signed like every upload: only there do the browser's rules about origins apply. What arrives is looked
 * for and removed by the next check, which is told the key; a browser that never reports leaves twelve bytes.
 * @throws AppError not_found, forbidden
 */
export async function startBrowserProbe(actor: Actor, input: { library: string }) {
  const library = await requireLibrary(actor, input.library);
  requireLibraryAdmin(actor, library.id);
  const key = `${PROBE_PREFIX}browser-${crypto.randomUUID()}`;
  const { url, headers, expiresAt } = await signProbePut(
    { bucket: library.bucket, key },
    { encryption: wantedEncryption(), endpoint: 'public' },
  );
  return { key, body: PROBE_BODY, put: { url, headers, expiresAt: expiresAt.toISOString() } };
}
