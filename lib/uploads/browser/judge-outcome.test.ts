import { expect, test } from 'vitest';
import { type Evidence, judgeOutcome } from './judge-outcome.ts';

const reach = { online: true, app: true, store: true, cors: true };
const http = (status: number, code = '', message = '') => ({ kind: 'http' as const, status, code, message });
const seen = (part: Partial<Evidence>): Evidence => ({
  outcome: { kind: 'network' },
  failures: 1,
  freshRefused: 0,
  linkStale: false,
  reach,
  fileReadable: true,
  pageIsHttps: false,
  storeIsHttps: false,
  ...part,
});
const expired = http(403, 'AccessDenied', 'Request has expired');

test.each<[string, Partial<Evidence>, string]>([
  ['a broken connection', {}, 'again fresh paused'],
  ['broken five times', { failures: 5 }, 'fail connection'],
  ['no answer is allowed once', { reach: { ...reach, cors: false } }, 'again fresh paused'],
  ['no answer is allowed, twice', { reach: { ...reach, cors: false }, failures: 2 }, 'fail cors'],
  [
    'an old link refused without CORS headers',
    { reach: { ...reach, cors: false }, failures: 2, linkStale: true },
    'again fresh',
  ],
  ['the browser is offline', { reach: { online: false, app: false, store: false, cors: false } }, 'wait network'],
  ['neither app nor store', { reach: { online: true, app: false, store: false, cors: false } }, 'wait network'],
  ['only the store is away', { reach: { online: true, app: true, store: false, cors: false } }, 'wait store'],
  [
    'the store answers the server and not this browser, over https',
    { reach: { online: true, app: true, store: false, cors: false, server: true }, storeIsHttps: true },
    'fail tls',
  ],
  [
    'the same over http: it may be starting',
    { reach: { online: true, app: true, store: false, cors: false, server: true } },
    'wait store',
  ],
  ['denied by a policy, twice', { outcome: http(403, 'AccessDenied'), failures: 2 }, 'fail denied'],
  ['only the app is away', { reach: { ...reach, app: false } }, 'again fresh paused'],
  ['the file changed on disk', { fileReadable: false }, 'fail file_changed'],
  ['http from an https page', { pageIsHttps: true }, 'fail mixed_content'],
  ['https from an https page', { pageIsHttps: true, storeIsHttps: true }, 'again fresh paused'],
  ['link out of date', { outcome: expired, linkStale: true }, 'again fresh'],
  ['fresh link out of date, once', { outcome: expired, freshRefused: 1 }, 'again fresh'],
  ['fresh link out of date, twice', { outcome: expired, freshRefused: 2, failures: 3 }, 'fail clock'],
  ['clock skew', { outcome: http(403, 'RequestTimeTooSkewed'), freshRefused: 2 }, 'fail clock'],
  ['precondition', { outcome: http(412, 'PreconditionFailed') }, 'conflict'],
  ['upload gone', { outcome: http(404, 'NoSuchUpload') }, 'session_gone'],
  ['bucket gone', { outcome: http(404, 'NoSuchBucket'), failures: 2 }, 'fail refused'],
  ['wrong bytes once', { outcome: http(400, 'BadDigest') }, 'again fresh'],
  ['wrong bytes twice', { outcome: http(400, 'XAmzContentChecksumMismatch'), failures: 2 }, 'fail checksum'],
  ['busy', { outcome: http(503, 'SlowDown') }, 'again paused'],
  ['race', { outcome: http(409, 'ConditionalRequestConflict') }, 'again paused'],
  ['ten errors of the store', { outcome: http(500, 'InternalError'), failures: 10 }, 'fail store_error'],
  ['signature once', { outcome: http(403, 'SignatureDoesNotMatch') }, 'again fresh paused'],
  ['signature twice', { outcome: http(403, 'SignatureDoesNotMatch'), failures: 2 }, 'fail refused'],
])('%s', (_, part, expected) => {
  const verdict = judgeOutcome(seen(part));
  const words: string[] = [verdict.kind];
  if (verdict.kind === 'again') words.push(...(verdict.fresh ? ['fresh'] : []), ...(verdict.pause ? ['paused'] : []));
  if (verdict.kind === 'wait') words.push(verdict.missing);
  if (verdict.kind === 'fail') words.push(verdict.failure.code);
  expect(words.join(' ')).toBe(expected);
});
