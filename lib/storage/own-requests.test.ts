import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { copyVersion } from './copy-version.ts';
import { putDeleteMarker } from './objects.ts';

/** Answers in turn to what is asked; `signed` tells whether it was a request of our own, which is signed in its query. */
type Answer = { status: number; headers?: Record<string, string>; body?: string } | 'lost';
let answers: Answer[] = [];
const asked: {
  method: string;
  own: boolean;
  copyOf: string | undefined;
  sse: string | undefined;
  class: string | undefined;
}[] = [];
let server: Server;

beforeAll(async () => {
  server = createServer((request, response) => {
    const { method = '', url = '', headers } = request;
    asked.push({
      method,
      own: url.includes('X-Amz-Signature='),
      copyOf: headers['x-amz-copy-source'] as string | undefined,
      sse: headers['x-amz-server-side-encryption'] as string | undefined,
      class: headers['x-amz-storage-class'] as string | undefined,
    });
    request.resume();
    const answer = answers.shift() ?? { status: 500 };
    if (answer === 'lost') return request.socket.destroy();
    return response.writeHead(answer.status, answer.headers).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // Before the first call, which reads the environment once.
  vi.stubEnv('S3_ENDPOINT', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
beforeEach(() => {
  asked.length = 0;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const ref = { bucket: 'media', key: 'a b.jpg' };
const copy = () =>
  copyVersion({
    source: { ...ref, versionId: 'v1' },
    target: ref,
    encryption: { kind: 'AES256' },
    condition: { ifMatch: 'e2' },
    storageClass: 'GLACIER_IR',
    size: 3,
  });
const made = (id: string): Answer => ({
  status: 200,
  headers: { 'content-type': 'application/xml', 'x-amz-version-id': id },
  body: '<?xml version="1.0"?><CopyObjectResult><LastModified>2026-11-26T10:00:00Z</LastModified><ETag>&quot;e3&quot;</ETag></CopyObjectResult>',
});
const error = (status: number, code: string): Answer => ({
  status,
  headers: { 'content-type': 'application/xml' },
  body: `<?xml version="1.0"?><Error><Code>${code}</Code><Message>no</Message></Error>`,
});

it('a copy is one request of our own, with all that the copy is to keep', async () => {
  answers = [made('v3')];
  expect(await copy()).toEqual({ versionId: 'v3', etag: 'e3' });
  const kept = { copyOf: 'media/a%20b.jpg?versionId=v1', sse: 'AES256', class: 'GLACIER_IR' };
  expect(asked).toEqual([{ method: 'PUT', own: true, ...kept }]);
});

it.each<[string, Answer]>([
  ['fails in the body of a success', error(200, 'InternalError')],
  ['is answered that the store is busy', error(503, 'SlowDown')],
  ['is not answered', 'lost'],
])('a copy that %s is made again by the SDK', async (_, first) => {
  answers = [first, made('v4')];
  expect(await copy()).toEqual({ versionId: 'v4', etag: 'e3' });
  expect(asked.map(({ own }) => own)).toEqual([true, false]);
});

it.each([
  ['archived', error(403, 'InvalidObjectState'), 'wrong_state'],
  ['gone', error(404, 'NoSuchVersion'), 'not_found'],
  ['not what was expected', error(412, 'PreconditionFailed'), 'version_changed'],
])('a copy whose version is %s fails as the SDK says it', async (_, answer, code) => {
  answers = [answer, answer];
  await expect(copy()).rejects.toMatchObject({ code });
});

it('a delete marker is one request of our own, and of the SDK where that is not answered', async () => {
  const marker: Answer = { status: 204, headers: { 'x-amz-delete-marker': 'true', 'x-amz-version-id': 'm1' } };
  answers = [marker];
  expect(await putDeleteMarker(ref)).toEqual({ versionId: 'm1' });
  answers = [{ status: 204 }];
  expect(await putDeleteMarker(ref)).toEqual({ versionId: null });
  answers = ['lost', marker];
  expect(await putDeleteMarker(ref)).toEqual({ versionId: 'm1' });
  expect(asked.map(({ method, own }) => [method, own])).toEqual([
    ['DELETE', true],
    ['DELETE', true],
    ['DELETE', true],
    ['DELETE', false],
  ]);
});
