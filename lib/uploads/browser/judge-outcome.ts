import { type Failure, failureOf } from './failure.ts';
import type { PutOutcome, Reachability } from './types.ts';

/** What to do about a PUT that did not succeed. */
export type Verdict =
  /** Try again after a pause. `fresh`: with a new link. */
  | { kind: 'again'; fresh: boolean; pause: boolean }
  /** Wait until this answers again. */
  | { kind: 'wait'; missing: 'network' | 'store' }
  /** The store holds something at the key: completion tells whether it is ours. */
  | { kind: 'conflict' }
  /** The store does not know the multipart upload any more. */
  | { kind: 'session_gone' }
  | { kind: 'fail'; failure: Failure };

export type Evidence = {
  outcome: Exclude<PutOutcome, { kind: 'ok' | 'aborted' }>;
  /** Failures of this request in a row, this one included. */
  failures: number;
  /** How often the store called a link out of date that had just been signed. */
  freshRefused: number;
  /** The link had outlived its time when it was used. */
  linkStale: boolean;
  /** Asked only after a network error. */
  reach: Reachability | null;
  fileReadable: boolean;
  pageIsHttps: boolean;
  storeIsHttps: boolean;
};

/** In a row, before a person is asked. */
const patience = 5;
/** A request that never comes through while everything answers: after this many, CORS is named. */
const corsPatience = 2;

const outOfDate = /expired|RequestTimeTooSkewed|time.*too (large|skewed)|not yet valid/i;
const wrongBytes = /checksum|digest|Content-MD5/i;

/** Pure: from what was seen to what to do. */
export function judgeOutcome(seen: Evidence): Verdict {
  return seen.outcome.kind === 'network' ? judgeNetworkError(seen) : judgeAnswer(seen, seen.outcome);
}

function judgeNetworkError(seen: Evidence): Verdict {
  const { reach } = seen;
  if (!seen.fileReadable) return { kind: 'fail', failure: failureOf('file_changed') };
  if (seen.pageIsHttps && !seen.storeIsHttps) return { kind: 'fail', failure: failureOf('mixed_content') };
  if (reach && (!reach.online || (!reach.app && !reach.store))) return { kind: 'wait', missing: 'network' };
  // Only this browser does not come through: over https that is a certificate it does not trust, or a filter on the way.
  if (reach && !reach.store && reach.server && seen.storeIsHttps) return { kind: 'fail', failure: failureOf('tls') };
  if (reach && !reach.store) return { kind: 'wait', missing: 'store' };
  // A refusal may come without CORS headers, and then looks like this: an old link is the likely cause.
  if (seen.linkStale) return { kind: 'again', fresh: true, pause: false };
  if (reach && !reach.cors && seen.failures >= corsPatience) return { kind: 'fail', failure: failureOf('cors') };
  if (seen.failures >= patience) return { kind: 'fail', failure: failureOf('connection') };
  return { kind: 'again', fresh: true, pause: true };
}

function judgeAnswer(seen: Evidence, { status, code, message }: Extract<PutOutcome, { kind: 'http' }>): Verdict {
  const said = `${code} ${message}`;
  if (status === 412) return { kind: 'conflict' };
  if (status === 404 && code === 'NoSuchUpload') return { kind: 'session_gone' };
  if (status === 403 && outOfDate.test(said)) {
    if (seen.freshRefused >= 2) return { kind: 'fail', failure: failureOf('clock') };
    return { kind: 'again', fresh: true, pause: false };
  }
  if (status === 400 && wrongBytes.test(said)) {
    if (seen.failures >= 2) return { kind: 'fail', failure: failureOf('checksum') };
    return { kind: 'again', fresh: true, pause: false };
  }
  if (status >= 500 || status === 429 || status === 409 || status === 408 || code === 'RequestTimeout') {
    if (seen.failures >= patience * 2) return { kind: 'fail', failure: failureOf('store_error') };
    return { kind: 'again', fresh: seen.linkStale, pause: true };
  }
  if (seen.failures >= 2 && code === 'AccessDenied') return { kind: 'fail', failure: failureOf('denied') };
  if (seen.failures >= 2) {
    const what = code ? `${status} ${code}` : String(status);
    return {
      kind: 'fail',
      failure: failureOf('refused', {
        sentence: `The store refused the file (${what}). Retry; if it stays so, show this to an admin.`,
      }),
    };
  }
  return { kind: 'again', fresh: true, pause: true };
}
