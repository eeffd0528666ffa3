import { PROBE_PREFIX } from '#lib/storage/probe-prefix.ts';
import { listKeyVersions, removeVersion } from '#lib/storage/versions.ts';
import type { ProbeStep } from '../schema.ts';

/** Milliseconds that one request of a probe gets. */
const PATIENCE = 10_000;

/** What became of a request: a status, or null with the network's reason. */
export type Sent = { status: number | null; code: string; headers: Headers; ms: number; request: string };

/**
 * Where a probe writes: keys under `.strata-probe/` in the library's own bucket, all of whose versions `clean` removes for ever. The index
 * takes no notice of them.
 */
export function makeProbeKit(bucket: string) {
  const keys: string[] = [];
  const steps: ProbeStep[] = [];
  return {
    bucket,
    steps,
    key() {
      const key = `${PROBE_PREFIX}${crypto.randomUUID()}`;
      keys.push(key);
      return { bucket, key };
    },
    /** A key that somebody else wrote for this probe. */
    adopt(key: string) {
      keys.push(key);
      return { bucket, key };
    },
    step(ok: boolean | null, text: string, sent: Pick<Sent, 'request' | 'ms'>, from: ProbeStep['from'] = 'server') {
      steps.push({ ok, text, request: sent.request, ms: Math.round(sent.ms), from });
    },
    /** Removes what was written; part of the probe, so that it is seen. */
    async clean() {
      const started = performance.now();
      let removed = 0;
      for (const key of keys)
        for (const { versionId } of await listKeyVersions({ bucket, key })) {
          await removeVersion({ bucket, key, versionId });
          removed += 1;
        }
      if (removed === 0) return;
      const request = `DELETE ${PROBE_PREFIX}… (${removed})`;
      this.step(null, 'Removed what the probe wrote', { request, ms: performance.now() - started });
    },
  };
}
export type ProbeKit = ReturnType<typeof makeProbeKit>;

/** Sends a request as anybody on the network could. Never throws for what the other side does: that is the finding. */
export async function sendProbe(
  method: 'GET' | 'PUT' | 'OPTIONS' | 'DELETE',
  url: string,
  options: { headers?: Record<string, string>; body?: string } = {},
): Promise<Sent> {
  const started = performance.now();
  const { origin, pathname } = new URL(url);
  const shown = `${method} ${origin}${pathname}`;
  try {
    const answer = await fetch(url, {
      method,
      redirect: 'manual',
      ...(options.headers ? { headers: options.headers } : {}),
      ...(options.body === undefined ? {} : { body: options.body }),
      signal: AbortSignal.timeout(PATIENCE),
    });
    const text = await answer.text();
    const code = /<Code>([^<]*)<\/Code>/.exec(text)?.[1] ?? '';
    const request = `${shown}  ${answer.status}${code ? ` ${code}` : ''}`;
    return { status: answer.status, code, headers: answer.headers, ms: performance.now() - started, request };
  } catch (error) {
    const cause = (error as { cause?: { code?: string } }).cause?.code ?? (error as Error).name;
    const ms = performance.now() - started;
    return { status: null, code: cause, headers: new Headers(), ms, request: `${shown}  no answer (${cause})` };
  }
}

export const isOk = ({ status }: Sent) => status !== null && status >= 200 && status < 300;
/** Refused for good: a server's fault or a silent network prove nothing. */
export const isRefused = ({ status }: Sent) => status !== null && status >= 400 && status < 500;
