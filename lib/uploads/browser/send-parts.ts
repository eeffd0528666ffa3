import { ApiError } from '#lib/http/api-client.ts';
import { maxPartBatch } from '../limits.ts';
import { createBatcher } from './batcher.ts';
import { callApp } from './call-app.ts';
import { type Run, SessionGone } from './deps.ts';
import { type PlannedPart, planParts, planUsableParts } from './plan-parts.ts';
import { partsPerFile } from './request-slots.ts';
import { sendBody } from './send-body.ts';
import { timed } from './timed-request.ts';
import type { ItemSession, SignedPart } from './types.ts';

/** Four parts on the way and twice as many hashed ahead, which are signed together. */
const lanes = partsPerFile * 3;
/** With four on the way the next links are not urgent, ms; with two more in hand they wait until those are taken. */
const calmWaitMs = 100;
const linksAhead = 2;
const untilTakenMs = 60_000;

const waiting = 0;
const onTheWay = 1;
const stored = 2;

/** Sends the parts that the store does not hold yet. @throws SessionGone, UploadFailed, ApiError, the signal's reason */
export async function sendParts(run: Run, session: ItemSession): Promise<void> {
  const { deps, item, file } = run;
  const parts = planParts(item.size, session.partSize);
  const usable = session.checkStored ? await askStore(run, session, parts) : new Map<number, string>();
  if (!item.parts || session.checkStored) item.parts = new Uint8Array(parts.length);
  const states = item.parts;
  session.checkStored = false;

  const stop = new AbortController();
  const signal = AbortSignal.any([run.signal, stop.signal]);
  const inFlight = new Map<number, number>();
  let storedBytes = 0;
  for (const part of parts) if (states[part.number - 1] === stored) storedBytes += part.end - part.start;
  const showSent = () => {
    let bytes = storedBytes;
    for (const value of inFlight.values()) bytes += value;
    deps.store.setSent(item, bytes);
  };
  showSent();
  const markStored = (part: PlannedPart) => {
    states[part.number - 1] = stored;
    inFlight.delete(part.number);
    storedBytes += part.end - part.start;
    showSent();
  };

  const signer = createPartSigner(run, session, () => inFlight.size);
  const todo = parts.filter((part) => states[part.number - 1] !== stored);
  let next = 0;

  async function sendPart(part: PlannedPart): Promise<void> {
    const giveBack = await deps.budget.acquire(part.end - part.start, item.id, signal);
    try {
      // Read twice, once to hash and once by the browser to send: no part stays in memory (decision record 010).
      const body = file.slice(part.start, part.end);
      const ahead = part.number === 1 ? takeFirstPart(run, body.size) : undefined;
      const crc64nvme = await (ahead ?? deps.hasher.hash(body, { order: item.id, signal }));
      if (usable.get(part.number) === crc64nvme) return markStored(part);
      const want = { number: part.number, crc64nvme };
      let link = await signer.add(want);
      const sent = await sendBody(
        { ...run, signal },
        {
          body,
          link: async (fresh) => {
            if (fresh || performance.now() >= link.staleAt) link = await signer.add(want);
            return link;
          },
          onProgress: (bytes) => {
            if (inFlight.has(part.number)) inFlight.set(part.number, bytes);
            showSent();
          },
          onActive: (active) => {
            states[part.number - 1] = active ? onTheWay : waiting;
            if (active) {
              inFlight.set(part.number, 0);
              signer.take(part.number);
            } else inFlight.delete(part.number);
            signer.reconsider();
          },
        },
      );
      if (sent === 'session_gone') throw new SessionGone();
      markStored(part);
    } finally {
      giveBack();
    }
  }

  async function lane(): Promise<void> {
    while (next < todo.length && !signal.aborted) await sendPart(todo[next++] as PlannedPart);
  }

  const results = await Promise.allSettled(
    Array.from({ length: Math.min(lanes, todo.length) }, () =>
      lane().catch((reason) => {
        // The first failure stops the others; what they sent is kept by the store.
        stop.abort(reason);
        throw reason;
      }),
    ),
  );
  run.signal.throwIfAborted();
  if (stop.signal.aborted) throw stop.signal.reason;
  for (const result of results) if (result.status === 'rejected') throw result.reason;
}

/** What was hashed while the path was being reserved, unless the server cuts the file otherwise. */
function takeFirstPart(run: Run, bytes: number): Promise<string> | undefined {
  const { firstPart } = run;
  run.firstPart = undefined;
  return firstPart?.bytes === bytes ? firstPart.crc64nvme : undefined;
}

/** What the store holds already, by part number: checksums to compare the file with. */
async function askStore(run: Run, session: ItemSession, parts: PlannedPart[]): Promise<Map<number, string>> {
  const { deps, signal } = run;
  try {
    const { storedParts } = await callApp(deps.gate, () => deps.transport.session(session.id), signal);
    return planUsableParts(parts, storedParts);
  } catch (error) {
    if (error instanceof ApiError && (error.code === 'not_found' || error.code === 'upload_expired'))
      throw new SessionGone();
    throw error;
  }
}

/**
 * Links for parts, gathered into few calls. The first call goes alone, because it opens the multipart upload at the store;
 * after it, a link that is needed at once is asked for at once, and those for later together.
 */
function createPartSigner({ deps, signal }: Run, session: ItemSession, sending: () => number) {
  let calls = 0;
  let opened = false;
  /** Parts that have a link and wait for a line. */
  const ahead = new Set<number>();
  const batcher = createBatcher<{ number: number; crc64nvme: string }, SignedPart>({
    max: maxPartBatch,
    waitMs: () => {
      if (!opened) return calls === 0 ? 0 : untilTakenMs;
      const links = sending() + ahead.size;
      if (links < partsPerFile) return 0;
      return links < partsPerFile + linksAhead ? calmWaitMs : untilTakenMs;
    },
    send: async (wanted) => {
      calls += 1;
      try {
        const signed = await callApp(deps.gate, () => deps.transport.signParts(session.id, wanted), signal);
        for (const { number } of wanted) ahead.add(number);
        const byNumber = new Map(signed.map((part) => [part.number, part]));
        return wanted.map((part) => byNumber.get(part.number) as SignedPart);
      } catch (error) {
        const gone = ['not_found', 'upload_expired', 'wrong_state'];
        if (error instanceof ApiError && gone.includes(error.code)) throw new SessionGone();
        throw error;
      } finally {
        opened = true;
        queueMicrotask(() => batcher.reconsider());
      }
    },
  });
  return {
    add: async (want: { number: number; crc64nvme: string }) => timed(await batcher.add(want)),
    /** The part is on its way. */
    take: (number: number) => {
      ahead.delete(number);
      batcher.reconsider();
    },
    reconsider: batcher.reconsider,
  };
}
