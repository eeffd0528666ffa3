import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type KeyPage, listVersionKeys } from './list-version-keys.ts';

/**
 * Answers to ListObjectVersions written after the examples in Amazon's API reference (API_ListObjectVersions), since nothing here may call
 * AWS itself, with what a bucket that other tools filled holds: `null` versions, archived ones, stacked delete markers, a marker with bytes, a file that is a folder
 * too, irregular names, and ties in the second. A server plays them back, page by page.
 */
const version = (key: string, id: string, size: number, latest = false) =>
  `<Version><Key>${key}</Key><VersionId>${id}</VersionId><IsLatest>${latest}</IsLatest><LastModified>2026-10-12T17:50:30.000Z</LastModified>` +
  `<ETag>&quot;fba9dede5f27731c9771645a39863328&quot;</ETag><Size>${size}</Size><StorageClass>STANDARD</StorageClass>` +
  `<Owner><ID>75aa57f0</ID></Owner></Version>`;
const marker = (key: string, id: string, latest = false) =>
  `<DeleteMarker><Key>${key}</Key><VersionId>${id}</VersionId><IsLatest>${latest}</IsLatest>` +
  `<LastModified>2026-10-12T17:50:31.000Z</LastModified><Owner><ID>75aa57f0</ID></Owner></DeleteMarker>`;
const archived = (key: string, id: string, storageClass: string) =>
  version(key, id, 7, true).replace('STANDARD', storageClass);
const answer = (entries: string[], next?: [key: string, id: string]) =>
  `<?xml version="1.0" encoding="UTF-8"?><ListVersionsResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>adopted</Name><Prefix/>` +
  `<KeyMarker/><VersionIdMarker/><MaxKeys>1000</MaxKeys><EncodingType>url</EncodingType><IsTruncated>${next !== undefined}</IsTruncated>` +
  (next ? `<NextKeyMarker>${next[0]}</NextKeyMarker><NextVersionIdMarker>${next[1]}</NextVersionIdMarker>` : '') +
  `${entries.join('')}</ListVersionsResult>`;

const pages = [
  answer(
    [
      version('%2Fleading.txt', 'null', 1, true),
      version('a%2F%2Fb.txt', 'v1', 2, true),
      marker('album.jpg', 'd2', true),
      marker('album.jpg', 'd1'),
      version('album.jpg', 'v2', 20),
    ],
    ['album.jpg', 'v2'],
  ),
  answer([
    version('album.jpg', 'null', 10),
    archived('cold.raw', 'v1', 'DEEP_ARCHIVE'),
    version('line%0Abreak', 'v1', 3, true),
    version('nul%00name', 'v1', 4, true),
    version('photos', 'v1', 5, true),
    version('photos%2F', 'null', 6, true),
    version('photos%2Fone+two%2B.jpg', 'v1', 8, true),
    version('%F0%9F%98%80', 'v1', 9, true),
  ]),
];

let server: Server;
const asked: URLSearchParams[] = [];
beforeAll(async () => {
  server = createServer((request, response) => {
    const query = new URL(request.url ?? '', 'http://store').searchParams;
    asked.push(query);
    const page = query.get('key-marker') === 'album.jpg' && query.get('version-id-marker') === 'v2' ? 1 : 0;
    response.writeHead(200, { 'content-type': 'application/xml', server: 'AmazonS3' }).end(pages[page]);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  vi.stubEnv('S3_ENDPOINT', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

async function all(range: { after?: string; upTo?: string } = {}): Promise<KeyPage[]> {
  const found: KeyPage[] = [];
  const listing = listVersionKeys({
    bucket: 'adopted',
    prefix: '',
    after: range.after ?? null,
    upTo: range.upTo ?? null,
  });
  for await (const page of listing) found.push(page);
  return found;
}

describe('listVersionKeys on a listing of Amazon S3', () => {
  it('gives each key once, whole, in the order of the store', async () => {
    const found = await all();
    const keys = found.flatMap((page) => page.keys);
    expect(keys.map(({ key }) => key)).toEqual([
      '/leading.txt',
      'a//b.txt',
      'album.jpg',
      'cold.raw',
      'line\nbreak',
      'nul\u0000name',
      'photos',
      'photos/',
      'photos/one two+.jpg',
      '\u{1f600}',
    ]);
    const album = keys.find(({ key }) => key === 'album.jpg')?.versions;
    expect(album?.map(({ versionId }) => versionId)).toEqual(['d2', 'd1', 'v2', 'null']);
    expect(keys.find(({ key }) => key === 'cold.raw')?.versions).toMatchObject([{ storageClass: 'DEEP_ARCHIVE' }]);
    expect(keys.find(({ key }) => key === 'photos/')?.versions).toMatchObject([{ versionId: 'null', size: 6 }]);
  });

  it('decides on a key only when the next one was seen: the first page ends before the one that it cuts', async () => {
    const [first, second] = await all();
    expect(first?.upTo).toBe('a//b.txt');
    expect(first?.keys.map(({ key }) => key)).toEqual(['/leading.txt', 'a//b.txt']);
    expect(second?.upTo).toBeNull();
  });

  it('stops behind its range, and asks for nothing beyond it', async () => {
    asked.length = 0;
    const found = await all({ upTo: 'a//b.txt' });
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ upTo: null, keys: [{ key: '/leading.txt' }, { key: 'a//b.txt' }] });
    expect(asked).toHaveLength(1);
  });

  it('gives back both markers of a page, and asks for encoded keys', async () => {
    asked.length = 0;
    await all();
    expect(asked.map((query) => query.get('encoding-type'))).toEqual(['url', 'url']);
    expect([asked[1]?.get('key-marker'), asked[1]?.get('version-id-marker')]).toEqual(['album.jpg', 'v2']);
  });
});
