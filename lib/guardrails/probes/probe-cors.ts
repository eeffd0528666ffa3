import type * as z from 'zod';
import { headObject } from '#lib/storage/objects.ts';
import { SIGNABLE_BY_BROWSER } from '#lib/storage/signed-headers.ts';
import type { browserProbe } from '../schema.ts';
import { type ProbeKit, type Sent, sendProbe } from './probe-kit.ts';
import { PROBE_BODY } from './sign-probe-put.ts';
import { unsignedUrl } from './unsigned-url.ts';

/** Asks the store what it would tell a browser on this site, and takes in what the admin's own browser saw. */
export async function probeCors(
  kit: ProbeKit,
  origin: string,
  browser: z.infer<typeof browserProbe> | undefined,
): Promise<void> {
  const { key } = kit.key();
  const own = await preflight(kit.bucket, key, origin);
  const allowed = allows(own, origin);
  kit.step(
    allowed,
    allowed ? `A preflight from ${origin} is allowed` : `A preflight from ${origin} should be allowed, and was not`,
    own,
  );
  const foreign = await preflight(kit.bucket, key, 'https://elsewhere.invalid');
  // Links are secrets and need no cookies, so another site gains nothing by it: said, not judged.
  const open = allows(foreign, 'https://elsewhere.invalid');
  kit.step(
    open ? null : true,
    open ? 'Other sites may send too, if they have a link' : 'Another site is not allowed',
    foreign,
  );
  if (browser) await lookAtBrowser(kit, browser);
}

async function preflight(bucket: string, key: string, origin: string): Promise<Sent> {
  const headers = SIGNABLE_BY_BROWSER.map((name) => name.replace('*', 'strata-upload')).join(',');
  return sendProbe('OPTIONS', unsignedUrl(bucket, key), {
    headers: {
      origin,
      'access-control-request-method': 'PUT',
      'access-control-request-headers': headers,
    },
  });
}

function allows({ status, headers }: Sent, origin: string): boolean {
  const to = headers.get('access-control-allow-origin');
  return status !== null && status < 300 && (to === '*' || to === origin);
}

async function lookAtBrowser(kit: ProbeKit, seen: z.infer<typeof browserProbe>): Promise<void> {
  const stored = await headObject(kit.adopt(seen.key));
  const arrived = stored?.size === PROBE_BODY.length;
  const ok = seen.status === 200 && arrived && seen.etagReadable;
  const request = `PUT ${seen.key}  ${seen.status ?? 'no answer that the page may read'}`;
  const text = ok
    ? 'Your browser sent a file to the store and could read the answer'
    : !arrived
      ? 'Your browser should be able to send to the store, and nothing arrived'
      : 'Your browser sent a file, but may not read the store’s answer';
  kit.step(ok, text, { request, ms: seen.ms }, 'browser');
}
