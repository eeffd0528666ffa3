import { expect, it } from 'vitest';
import { scrubLine } from './log-scrub.ts';

it.each([
  [
    'GET /b/k?X-Amz-Credential=AKIA%2F2026&X-Amz-Signature=0a1b2c&x=1',
    'GET /b/k?X-Amz-Credential=…&X-Amz-Signature=…&x=1',
  ],
  ['authorization: Bearer strata_abcDEF0123456789abcDEF0123456789abcDEF01234', 'authorization: Bearer …'],
  [
    '"AWS4-HMAC-SHA256 SignedHeaders=host, Signature=0123456789abcdef0123"',
    '"AWS4-HMAC-SHA256 SignedHeaders=host, Signature=…"',
  ],
  ['the token strata_abcDEF0123456789abcDEF0123456789abcDEF01234 is bad', 'the token strata_… is bad'],
  ['postgresql://strata:p%40ss@127.0.0.1:5432/strata', 'postgresql://strata:…@127.0.0.1:5432/strata'],
  ['cookie: next-auth.session-token=eyJhbGci.x.y; a=1', 'cookie: next-auth.session-token=…; a=1'],
  ['key hunter2hunter2 refused', 'key … refused'],
  ['{"msg":"worker ready"}', '{"msg":"worker ready"}'],
  ['https://store.example:9000/bucket/a@b.jpg', 'https://store.example:9000/bucket/a@b.jpg'],
])('%s', (line, clean) => expect(scrubLine(line, ['hunter2hunter2'])).toBe(clean));
