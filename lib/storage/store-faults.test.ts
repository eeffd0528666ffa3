import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { checkStore } from './buckets.ts';
import { copyVersion } from './copy-version.ts';
import { headObject } from './objects.ts';
import { listKeyVersions } from './versions.ts';

/** A store that answers what a test tells it to: faults that a healthy one cannot be brought to. */
type Answer = { status: number; body?: string } | 'hang' | 'reset';
let answers: Answer[] = [];
let requests = 0;
let server: Server;

beforeAll(async () => {
  server = createServer((_, response) => {
    requests++;
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    if (answer === 'reset') response.destroy();
    else if (answer && answer !== 'hang')
      response.writeHead(answer.status, { 'content-type': 'application/xml' }).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // Before the first call, which reads the environment once.
  vi.stubEnv('S3_ENDPOINT', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  requests = 0;
});

const ref = { bucket: 'media', key: 'a' };
const error = (code: string) => `<?xml version="1.0"?><Error><Code>${code}</Code><Message>words</Message></Error>`;
const ok = { status: 200, body: '' };

describe('faults of the store', () => {
  it('are tried again, and forgotten when the store recovers', async () => {
    answers = [{ status: 503, body: error('SlowDown') }, 'reset', ok];
    await checkStore('media');
    expect(requests).toBe(3);
  });

  it('are given up after three tries, as an error with a time to wait', async () => {
    answers = [{ status: 500, body: error('InternalError') }];
    await expect(listKeyVersions(ref)).rejects.toMatchObject({ code: 'store_unavailable', retryAfter: 10 });
    expect(requests).toBe(3);
  });

  it('inside a 200 are faults too', async () => {
    answers = [{ status: 200, body: error('InternalError') }];
    const copy = copyVersion({
      source: { ...ref, versionId: 'v' },
      target: ref,
      encryption: { kind: 'none' },
      size: 1,
    });
    await expect(copy).rejects.toMatchObject({ code: 'store_unavailable' });
  });

  it('do not pass for an empty listing or a missing object', async () => {
    answers = [{ status: 403, body: error('AccessDenied') }];
    await expect(listKeyVersions(ref)).rejects.toMatchObject({ code: 'store_unavailable' });
    await expect(headObject(ref)).rejects.toMatchObject({ code: 'store_unavailable' });
    answers = [{ status: 404, body: error('NoSuchBucket') }];
    await expect(listKeyVersions(ref)).rejects.toMatchObject({ code: 'store_unavailable' });
    answers = [{ status: 404 }];
    expect(await headObject(ref)).toBeNull();
  });

  it('of silence end a readiness check', async () => {
    answers = ['hang'];
    await expect(checkStore('media')).rejects.toMatchObject({ code: 'store_unavailable' });
  }, 15_000);
});
