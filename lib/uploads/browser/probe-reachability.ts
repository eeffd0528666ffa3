import type { Reachability } from './types.ts';

/** A probe that takes longer is a no. 5 s. */
const probeMs = 5_000;

/**
 * Who answers right now: the app, the store, and whether the store lets this page read its answers. The store is asked without the
 * signature, so a refusal is an answer; a request without CORS tells "there" from "not there", one with CORS tells the rest.
 */
export async function probeReachability(storeUrl: string | null): Promise<Reachability> {
  if (navigator.onLine === false) return { online: false, app: false, store: false, cors: false };
  const [app, store, cors] = await Promise.all([
    answers('/healthz', { method: 'GET' }),
    storeUrl === null || answers(bare(storeUrl), { method: 'GET', mode: 'no-cors' }),
    storeUrl === null || answers(bare(storeUrl), { method: 'HEAD', mode: 'cors' }),
  ]);
  if (store || !app) return { online: true, app, store, cors };
  return { online: true, app, store, cors, server: await serverReachesStore() };
}

/** The bucket of a path-style URL, or the host: never the object itself, and never with the signature. */
function bare(url: string): string {
  const { origin, pathname } = new URL(url);
  return `${origin}/${pathname.split('/')[1] ?? ''}`;
}

/** The app's own word: it asks the store at its own address, with its own trust in certificates. */
async function serverReachesStore(): Promise<boolean> {
  try {
    const answer = await fetch('/readyz', { cache: 'no-store', signal: AbortSignal.timeout(probeMs) });
    return ((await answer.json()) as { store?: boolean }).store === true;
  } catch {
    // The app went away between two questions, or answered something else: then nothing is known.
    return false;
  }
}

/** Redirects are followed: a request without CORS may not do otherwise (Fetch, main fetch). */
async function answers(url: string, init: RequestInit): Promise<boolean> {
  try {
    await fetch(url, {
      ...init,
      cache: 'no-store',
      credentials: 'omit',
      signal: AbortSignal.timeout(probeMs),
    });
    return true;
  } catch {
    // That is what the probe is for: no answer, or none that may be read.
    return false;
  }
}
