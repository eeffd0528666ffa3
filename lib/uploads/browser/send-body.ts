import { backoffMs, sleep } from './backoff.ts';
import type { Run } from './deps.ts';
import { UploadFailed } from './failure.ts';
import { judgeOutcome } from './judge-outcome.ts';
import { isStale } from './timed-request.ts';
import type { Body, PutOutcome, TimedRequest } from './types.ts';

export type Sent = 'stored' | 'conflict' | 'session_gone';

export type BodyToSend = {
  body: Body;
  /** A link to use; `fresh` asks for one that was not used before. */
  link: (fresh: boolean) => Promise<TimedRequest>;
  onProgress: (bytes: number) => void;
  /** Told when this body begins and stops to occupy a request. */
  onActive: (active: boolean) => void;
};

/** Sends one body until the store has it, with pauses, fresh links and waiting for the network as needed. @throws UploadFailed, the signal's reason */
export async function sendBody(run: Run, { body, link, onProgress, onActive }: BodyToSend): Promise<Sent> {
  const { deps, item, signal } = run;
  let fresh = false;
  let freshRefused = 0;
  for (let failures = 0; ; ) {
    await deps.gate.whenOpen(signal);
    let request = await link(fresh);
    const release = await deps.slots.acquire({
      order: item.id,
      fileId: item.id,
      origin: originOf(request.url),
      signal,
    });
    let outcome: PutOutcome;
    try {
      // Waiting for a slot may have outlived the link.
      if (isStale(request)) request = await link(true);
      deps.store.setState(item, 'sending');
      if (item.startedAt === null) {
        item.startedAt = performance.now();
        item.sentAtStart = item.sent;
      }
      onActive(true);
      outcome = await deps.transport.put(request, body, { signal, onProgress });
    } finally {
      onActive(false);
      release();
    }
    if (outcome.kind === 'ok') {
      onProgress(bytesOf(body));
      return 'stored';
    }
    onProgress(0);
    if (outcome.kind === 'aborted') throw signal.reason ?? new DOMException('The request was stopped.', 'AbortError');

    failures += 1;
    const linkStale = isStale(request);
    if (outcome.kind === 'http' && outcome.status === 403 && !linkStale && fresh) freshRefused += 1;
    const lost = outcome.kind === 'network';
    const verdict = judgeOutcome({
      outcome,
      failures,
      freshRefused,
      linkStale,
      reach: lost ? await deps.transport.probe(request.url) : null,
      fileReadable: lost ? await isReadable(run.file) : true,
      pageIsHttps: deps.pageIsHttps,
      storeIsHttps: request.url.startsWith('https:'),
    });
    switch (verdict.kind) {
      case 'fail':
        throw new UploadFailed(verdict.failure);
      case 'conflict':
      case 'session_gone':
        return verdict.kind;
      case 'wait':
        deps.gate.close(verdict.missing, request.url);
        // Being away says nothing about this request.
        failures -= 1;
        fresh = linkStale;
        break;
      case 'again':
        fresh = verdict.fresh;
        if (verdict.pause) await sleep(backoffMs(failures), signal);
    }
  }
}

const bytesOf = (body: Body) => (body instanceof Blob ? body.size : body.byteLength);

const originOf = (url: string) => new URL(url).origin;

async function isReadable(file: File): Promise<boolean> {
  try {
    await file.slice(0, 1).arrayBuffer();
    return true;
  } catch {
    // The answer is the answer: the browser says by throwing that the file changed or is gone.
    return false;
  }
}
