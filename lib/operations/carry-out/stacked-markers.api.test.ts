import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { closeDb } from '#lib/db.ts';
import type { LibraryContext } from '#lib/libraries/require-library.ts';
import { copyUp } from './copy-up.ts';
import { removeMarkers } from './remove-markers.ts';
import { stepContext } from './step-context.ts';

/**
 * What AWS does and MinIO does not: markers lie on each other when a key is deleted twice, and archived bytes cannot be copied. A store
 * in memory with these two, answering in S3's own XML (s3-facts 3.2, 3.9; ListObjectVersions and CopyObject in the S3 API reference).
 */
type Entry = { id: string; marker: boolean; archived?: boolean };
let entries: Entry[] = [];
const asked: string[] = [];
let server: Server;

const date = '2026-11-20T10:00:00.000Z';
function listing(): string {
  const rows = entries.map(({ id, marker, archived }, at) => {
    const common = `<Key>a.jpg</Key><VersionId>${id}</VersionId><IsLatest>${at === 0}</IsLatest><LastModified>${date}</LastModified>`;
    return marker
      ? `<DeleteMarker>${common}</DeleteMarker>`
      : `<Version>${common}<ETag>"e-${id}"</ETag><Size>3</Size><StorageClass>${archived ? 'GLACIER' : 'STANDARD'}</StorageClass></Version>`;
  });
  return `<?xml version="1.0"?><ListVersionsResult><EncodingType>url</EncodingType><IsTruncated>false</IsTruncated>${rows.join('')}</ListVersionsResult>`;
}

beforeAll(async () => {
  server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://store');
    const id = url.searchParams.get('versionId');
    asked.push(`${request.method} ${id ?? (url.searchParams.has('versions') ? 'versions' : '')}`);
    request.resume();
    if (request.method === 'DELETE') {
      entries = entries.filter((entry) => entry.id !== id);
      return response.writeHead(204).end();
    }
    if (request.method === 'PUT') {
      return response
        .writeHead(403, { 'content-type': 'application/xml' })
        .end(
          '<?xml version="1.0"?><Error><Code>InvalidObjectState</Code><Message>The source is archived</Message></Error>',
        );
    }
    response.writeHead(200, { 'content-type': 'application/xml' }).end(listing());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // Before the first call, which reads the environment once.
  vi.stubEnv('S3_ENDPOINT', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await closeDb();
});

const library = { id: 1n, bucket: 'media', rootPrefix: '', capabilities: {} } as unknown as LibraryContext;
const context = () => stepContext(1n, library, 'a.jpg', null, null);
const back = { versionId: 'v1', etag: 'e-v1' };

describe('markers that lie on each other', () => {
  it('are all removed, each by its own id, and nothing beneath them', async () => {
    entries = ['m3', 'm2', 'm1'].map((id) => ({ id, marker: true }));
    entries.push({ id: 'v1', marker: false }, { id: 'v0', marker: false });
    asked.length = 0;
    const result = await removeMarkers(context(), { kind: 'remove-markers', back, markers: null });
    expect(result).toMatchObject({ state: 'done', outcome: { kind: 'markers-removed', back } });
    expect(entries.map((entry) => entry.id)).toEqual(['v1', 'v0']);
    expect(asked.filter((line) => line.startsWith('DELETE'))).toEqual(['DELETE m3', 'DELETE m2', 'DELETE m1']);
  });

  it('are left when one of them is not of the deletion that is undone', async () => {
    entries = [
      { id: 'somebody', marker: true },
      { id: 'm1', marker: true },
      { id: 'v1', marker: false },
    ];
    const result = await removeMarkers(context(), { kind: 'remove-markers', back, markers: ['m1'] });
    expect(result).toMatchObject({ state: 'conflict', code: 'version_changed' });
    expect(entries).toHaveLength(3);
  });

  it('are left when another version lies beneath than was planned', async () => {
    entries = [
      { id: 'm1', marker: true },
      { id: 'v2', marker: false },
      { id: 'v1', marker: false },
    ];
    const result = await removeMarkers(context(), { kind: 'remove-markers', back, markers: null });
    expect(result).toMatchObject({ state: 'conflict', code: 'version_changed' });
    expect(entries).toHaveLength(3);
  });
});

describe('an archived version', () => {
  it('is not restored: the store refuses the copy, and the reason says what it takes', async () => {
    entries = [
      { id: 'v2', marker: false },
      { id: 'v1', marker: false, archived: true },
    ];
    const restore = copyUp(context(), {
      kind: 'copy-up',
      source: back,
      expect: { versionId: 'v2', etag: 'e-v2', isDeleteMarker: false },
    });
    await expect(restore).rejects.toMatchObject({
      code: 'wrong_state',
      message: expect.stringMatching(/archived.*thawed/s),
    });
    expect(entries).toHaveLength(2);
  });
});
