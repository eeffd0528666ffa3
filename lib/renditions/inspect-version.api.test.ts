import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getAsset } from '#lib/assets/get-asset.ts';
import { getAssetContent } from '#lib/assets/get-asset-content.ts';
import { listEntries } from '#lib/assets/list-entries.ts';
import type { AssetEntry } from '#lib/assets/schema.ts';
import type { Actor } from '#lib/auth/actor.ts';
import { closeDb, db } from '#lib/db.ts';
import { AppError } from '#lib/errors.ts';
import { syncKey } from '#lib/indexing/sync-key.ts';
import type { InspectedVersion, JobPayloads } from '#lib/jobs/definitions.ts';
import { startOperation } from '#lib/operations/start-operation.ts';
import { putBytes } from '#lib/storage/objects.ts';
import { ensureRenditionsBucket } from '#lib/storage/renditions-bucket.ts';
import { removeVersion } from '#lib/storage/versions.ts';
import { listVersions } from '#lib/versions/list-versions.ts';
import { makeTestLibrary, type TestLibrary } from '#scripts/testing/library.ts';
import { madeByFfmpeg, phonePhoto, pngOfOneGrey, smallPdf, webpClaiming } from '#scripts/testing/media.ts';
import { closeDecoders } from './decoder/decoder-pool.ts';
import { inspectCopies } from './inspect-copies.ts';
import { inspectVersion } from './inspect-version.ts';
import { makePreview } from './make-preview.ts';
import { rebuildBatch, rebuildRenditions } from './rebuild-renditions.ts';
import { removeAllRenditions, removeRenditions } from './remove-renditions.ts';
import { foundTools } from './run-tool.ts';

let home: TestLibrary;
let anna: Actor;
let tools: Set<string>;
beforeAll(async () => {
  home = await makeTestLibrary();
  anna = await home.makeActor();
  await ensureRenditionsBucket();
  tools = await foundTools();
});
afterAll(async () => {
  closeDecoders();
  await home.remove();
  await closeDb();
});

const never = new AbortController().signal;
const waiting = (name: string, key: string) =>
  db().$queryRaw<{ payload: InspectedVersion; priority: number }[]>`
    SELECT j."payload", j."priority" FROM graphile_worker._private_jobs j JOIN graphile_worker._private_tasks t ON t."id" = j."task_id"
    WHERE t."identifier" = ${name} AND j."payload"->>'key' = ${key} AND j."payload"->>'libraryId' = ${String(home.library.id)}
    ORDER BY j."id" DESC`;

/** What one operation made last. */
async function waitingCopies() {
  const [job] = await db().$queryRaw<{ payload: JobPayloads['inspect-copies'] }[]>`
    SELECT j."payload" FROM graphile_worker._private_jobs j JOIN graphile_worker._private_tasks t ON t."id" = j."task_id"
    WHERE t."identifier" = 'inspect-copies' AND j."payload"->>'libraryId' = ${String(home.library.id)} ORDER BY j."id" DESC LIMIT 1`;
  if (!job) throw new Error('No copies wait to be inspected.');
  return job.payload;
}

/** Puts a file into the store as another tool would, lets the index see it, and runs the job that this made. */
async function inspected(path: string, body: Buffer | string) {
  await putBytes({ bucket: home.library.bucket, key: path }, body, 'application/octet-stream');
  const synced = await syncKey(home.library, path);
  const [job] = await waiting('inspect', path);
  if (!job) throw new Error(`Nothing waits for ${path}.`);
  await inspectVersion(job.payload, never);
  const { asset } = await getAsset(anna, { id: String(synced?.assetId) });
  return { asset, job: job.payload };
}

/** Follows a link to the store as a browser does. */
async function loaded(url: string | null) {
  const answer = await fetch(String(url));
  return { status: answer.status, headers: answer.headers, bytes: Buffer.from(await answer.arrayBuffer()) };
}

describe('a picture', () => {
  it('tells its size as it is shown, camera, time and place, and has a thumbnail that any cache may keep', async () => {
    const { asset } = await inspected('phone.jpg', await phonePhoto());
    expect(asset).toMatchObject({ kind: 'image', contentType: 'image/jpeg', width: 480, height: 640 });
    expect(asset.media).toMatchObject({
      camera: 'Fairphone FP5',
      takenAt: '2024-05-06T05:08:09.000Z',
      wrongEnding: null,
      problem: null,
      details: { exposure: '1/250 s', aperture: 'f/1.8', iso: 100, focalLength: '5.6 mm', lens: 'FP5 main' },
    });
    expect(asset.media?.latitude).toBeCloseTo(52.52, 3);
    expect(asset.media?.longitude).toBeCloseTo(13.405, 3);
    expect(Buffer.from(asset.thumbhash ?? '', 'base64').length).toBeGreaterThan(10);

    const picture = await loaded(asset.thumbnailUrl);
    expect(picture.status).toBe(200);
    expect(picture.headers.get('content-type')).toBe('image/webp');
    expect(picture.headers.get('cache-control')).toContain('immutable');
    expect(picture.bytes.subarray(8, 12).toString('latin1')).toBe('WEBP');

    const { entries } = await listEntries(anna, { library: home.library.slug, path: '', sort: 'name', limit: 500 });
    const entry = entries.find(({ name }) => name === 'phone.jpg') as AssetEntry;
    expect(entry).toMatchObject({
      width: 480,
      height: 640,
      thumbnailUrl: asset.thumbnailUrl,
      thumbhash: asset.thumbhash,
    });
    // Nobody may read it without a signature.
    expect((await loaded(String(asset.thumbnailUrl).split('?')[0] as string)).status).toBe(403);
  });

  it('that is large gets a preview of its own after the thumbnail, and until then the viewer gets the thumbnail', async () => {
    const { asset, job } = await inspected('large.jpg', await phonePhoto(2_400, 1_800));
    const link = (as: 'preview' | 'thumbnail') => getAssetContent(anna, { id: asset.id, as }).then((it) => it.location);
    expect(await link('preview')).toBe(asset.thumbnailUrl);
    const [preview] = await waiting('make-preview', 'large.jpg');
    expect(preview?.priority).toBeGreaterThan(Number((await waiting('inspect', 'large.jpg'))[0]?.priority));
    await makePreview(preview?.payload as InspectedVersion, never);
    const made = await db().rendition.findFirstOrThrow({
      where: { libraryId: home.library.id, key: job.key, kind: 'preview' },
    });
    expect([made.width, made.height]).toEqual([1_200, 1_600]);
    expect((await loaded(await link('preview'))).bytes.length).toBe(made.bytes);
  });

  it('of 49 million pixels that has to be held whole is no more than others', async () => {
    const create = { width: 7_000, height: 7_000, channels: 3 as const, background: 'teal' };
    const { asset } = await inspected('whole.webp', await sharp({ create }).webp({ effort: 0 }).toBuffer());
    expect(asset).toMatchObject({ width: 7_000, height: 7_000, media: { problem: null } });
    expect(asset.thumbnailUrl).not.toBeNull();
  });

  it('keeps a thumbnail for every version; what is destroyed leaves none', async () => {
    const { job: first } = await inspected('twice.jpg', await phonePhoto(300, 200));
    const { asset } = await inspected('twice.jpg', await phonePhoto(200, 300));
    const { versions } = await listVersions(anna, { id: asset.id });
    expect(versions.map(({ width, height }) => [width, height])).toEqual([
      [300, 200],
      [200, 300],
    ]);
    const urls = versions.map(({ thumbnailUrl }) => thumbnailUrl);
    expect(new Set(urls).size).toBe(2);
    for (const url of urls) expect((await loaded(url)).status).toBe(200);

    await removeVersion({ bucket: home.library.bucket, key: 'twice.jpg', versionId: first.versionId });
    await syncKey(home.library, 'twice.jpg');
    const [removal] = await waiting('remove-renditions', 'twice.jpg');
    await removeRenditions(removal?.payload as InspectedVersion);
    expect((await loaded(urls[1] ?? null)).status).toBe(404);
    expect((await loaded(urls[0] ?? null)).status).toBe(200);
  });

  it('that is copied takes over what is known of it and its pictures; other bytes at that place are read', async () => {
    const { job } = await inspected('here.jpg', await phonePhoto(320, 200));
    // Only what is taken over can say this.
    const where = { libraryId: home.library.id, key: job.key };
    await db().mediaInfo.updateMany({ where, data: { camera: 'Of the source' } });
    await startOperation(anna, {
      library: home.library.slug,
      type: 'copy',
      selection: { paths: ['here.jpg'] },
      params: { to: '', name: 'there.jpg' },
    });
    const copies = await waitingCopies();
    expect(copies.versions).toMatchObject([{ key: 'there.jpg' }]);
    // One that cannot be read now does not stop the others, and is tried again by itself.
    const away = { key: 'away.jpg', versionId: 'v', etag: 'e' };
    const alone: string[] = [];
    await inspectCopies({ ...copies, versions: [away, ...copies.versions] }, never, async (job, signal) => {
      alone.push(job.key);
      if (job.key === away.key) throw new AppError('store_unavailable', 'The store does not answer.');
      await inspectVersion(job, signal);
    });
    expect(alone).toEqual([away.key]);
    expect(await waiting('inspect', away.key)).toMatchObject([{ payload: away }]);
    expect(await waiting('inspect', 'there.jpg')).toEqual([]);
    const { id } = await db().asset.findFirstOrThrow({ where: { libraryId: home.library.id, path: 'there.jpg' } });
    const { asset: moved } = await getAsset(anna, { id: String(id) });
    expect(moved).toMatchObject({ kind: 'image', width: 200, height: 320, media: { camera: 'Of the source' } });
    expect((await loaded(moved.thumbnailUrl)).status).toBe(200);

    const { asset: newer } = await inspected('there.jpg', await phonePhoto(300, 200));
    expect(newer).toMatchObject({ width: 200, height: 300, media: { camera: 'Fairphone FP5' } });
  });

  it('with the ending of another type is what its bytes are, in lists and when it is opened', async () => {
    const { asset } = await inspected('named.txt', await phonePhoto(64, 64));
    expect(asset).toMatchObject({ kind: 'image', contentType: 'image/jpeg', media: { wrongEnding: '.txt' } });
    const { location } = await getAssetContent(anna, { id: asset.id, as: 'inline' });
    expect((await loaded(location)).headers.get('content-type')).toBe('image/jpeg');
    // Another look at the key leaves that as it is.
    await syncKey(home.library, 'named.txt');
    expect((await getAsset(anna, { id: asset.id })).asset.kind).toBe('image');
  });
});

describe('a hostile or damaged file ends its own job only, and says why', () => {
  const page = '<!doctype html><script>alert(1)</script>';
  it.each<[string, () => Buffer | string | Promise<Buffer>, object]>([
    ['claims.webp', () => webpClaiming(65_535, 66_601), { kind: 'image', problem: expect.stringContaining('damaged') }],
    ['bomb.png', () => pngOfOneGrey(20_000, 10_000), { problem: expect.stringContaining('20,000 x 10,000') }],
    ['page.jpg', () => page, { kind: 'text', contentType: 'text/html', wrongEnding: '.jpg', problem: null }],
    ['code.svg', () => `<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>`, { contentType: 'image/svg+xml' }],
    [
      'entity.svg',
      () =>
        '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg"><text>&x;</text></svg>',
      { contentType: 'image/svg+xml', problem: expect.stringContaining('damaged') },
    ],
    [
      'list.mp4',
      () => '#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n',
      { kind: 'text', wrongEnding: '.mp4', problem: null },
    ],
    ['concat.mp4', () => 'ffconcat version 1.0\nfile /etc/passwd\n', { kind: 'text', problem: null }],
    ['empty.jpg', () => '', { problem: 'It is empty.' }],
    [
      'noise.jpg',
      () => Buffer.from('ffd8ffe000104a46494600010100ffffffff', 'hex'),
      { problem: expect.stringContaining('damaged') },
    ],
    ['half.pdf', () => Buffer.from('%PDF-1.7\n%broken'), { kind: 'document', problem: expect.any(String) }],
    [
      'half.mp4',
      () => Buffer.from('000000186674797069736f6d0000020069736f6d69736f32', 'hex'),
      { kind: 'video', problem: expect.any(String) },
    ],
  ])('%s', async (name, body, expected) => {
    const { asset } = await inspected(`hostile/${name}`, await body());
    expect({ ...asset.media, kind: asset.kind }).toMatchObject(expected);
    expect(asset.thumbnailUrl).toBeNull();
  });

  it('a drawing is drawn in the size of a thumbnail, without what it asks for elsewhere', async () => {
    const inside =
      'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==';
    const elsewhere = `file://${import.meta.dirname}/../../public/none.png`;
    const { asset } = await inspected(
      'drawing.svg',
      `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><script>window.ran = 1</script>
        <rect width="20" height="20" fill="#00f"/><image href="${elsewhere}" width="20" height="20"/>
        <image href="http://127.0.0.1:9/x.png" width="20" height="20"/><image href="${inside}" x="20" width="20" height="20"/></svg>`,
    );
    expect(asset).toMatchObject({ kind: 'image', contentType: 'image/svg+xml', width: 40, height: 20 });
    const thumbnail = await sharp((await loaded(asset.thumbnailUrl)).bytes)
      .ensureAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect(thumbnail.info).toMatchObject({ width: 320, height: 160 });
    const pixel = (x: number) => [...thumbnail.data.subarray((80 * 320 + x) * 4, (80 * 320 + x) * 4 + 4)];
    expect(pixel(80)[2]).toBeGreaterThan(240);
    expect(pixel(240)[3]).toBeGreaterThan(0);
    const preview = await getAssetContent(anna, { id: asset.id, as: 'preview' });
    expect((await loaded(preview.location)).headers.get('content-type')).toBe('image/webp');
  });

  it('a TIFF is one, also with its tables behind the bytes that are looked at first', async () => {
    const tiff = await sharp({ create: { width: 320, height: 240, channels: 3, background: '#2a6f97' } })
      .tiff({ compression: 'none' })
      .toBuffer();
    expect(tiff.readUInt32LE(4)).toBeGreaterThan(65_536);
    const { asset } = await inspected('scan.tif', tiff);
    expect(asset).toMatchObject({ kind: 'image', contentType: 'image/tiff', width: 320, media: { problem: null } });
    expect(asset.thumbnailUrl).not.toBeNull();
  });

  it('half a photo is shown as far as it goes', async () => {
    const whole = await phonePhoto(1_200, 900);
    const { asset } = await inspected('half.jpg', whole.subarray(0, whole.length / 2));
    expect(asset.media?.problem).toContain('shown as far as it can be read');
    expect((await loaded(asset.thumbnailUrl)).status).toBe(200);
  });

  it('the job after it finds a decoder that works', async () => {
    const { asset } = await inspected('after.jpg', await phonePhoto(100, 100));
    expect(asset.thumbnailUrl).not.toBeNull();
  });
});

describe('what needs a program of the machine', () => {
  it('a film has its length, its size and a poster, or the name of the program that is missing', async () => {
    const film = await readFile('e2e/files/holiday/film/bigbuckbunny.mp4');
    const { asset } = await inspected('film.mp4', film);
    expect(asset).toMatchObject({ kind: 'video', contentType: 'video/mp4' });
    if (!tools.has('ffmpeg')) return expect(asset.media?.problem).toContain('needs ffmpeg');
    expect(asset).toMatchObject({ width: expect.any(Number), durationMs: expect.any(Number) });
    expect(asset.durationMs).toBeGreaterThan(4_000);
    expect(asset.media).toMatchObject({ problem: null, hasPreview: true, details: { videoCodec: 'h264' } });
    expect((await loaded(asset.thumbnailUrl)).status).toBe(200);
  });

  it('an MP4 without a picture is a song; a film that names others as its parts opens none of them', async () => {
    if (!tools.has('ffmpeg')) return expect(tools.has('ffmpeg')).toBe(false);
    const sound = await madeByFfmpeg(['-f', 'lavfi', '-i', 'sine=duration=2', '-c:a', 'aac', '-f', 'mp4'], 'mp4');
    expect((await inspected('sound.mp4', sound)).asset).toMatchObject({
      kind: 'audio',
      contentType: 'audio/mp4',
      durationMs: expect.any(Number),
    });
  });

  it('a HEIC photo, as telephones make them, has its size and a picture that browsers show', async () => {
    const { asset } = await inspected('phone.heic', await readFile('e2e/files/rocket.heic'));
    expect(asset).toMatchObject({ kind: 'image', contentType: 'image/heic' });
    if (!tools.has('heif-convert')) return expect(asset.media?.problem).toContain('needs heif-convert');
    expect(asset).toMatchObject({ width: 640, height: 427, media: { problem: null } });
    expect((await loaded(asset.thumbnailUrl)).headers.get('content-type')).toBe('image/webp');
  });

  it('a PDF has its first page and the number of its pages', async () => {
    const { asset } = await inspected('page.pdf', smallPdf());
    expect(asset).toMatchObject({ kind: 'document', contentType: 'application/pdf' });
    if (!tools.has('poppler')) return expect(asset.media?.problem).toContain('needs poppler');
    expect(asset.media).toMatchObject({ problem: null, details: { pages: 1 } });
    expect(Number(asset.height) / Number(asset.width)).toBeCloseTo(595 / 420, 1);
  });

  it('a PDF that wants a password, or is damaged, says which', async () => {
    const key = (length: number) => `<${'5a'.repeat(length)}>`;
    const locked = smallPdf(
      `/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O ${key(32)} /U ${key(32)} >> /ID [${key(16)} ${key(16)}]`,
    );
    const problems = [];
    for (const [name, body] of [
      ['locked.pdf', locked],
      ['broken.pdf', Buffer.from('%PDF-1.7\n%broken')],
    ] as const)
      problems.push((await inspected(name, body)).asset.media?.problem);
    if (!tools.has('poppler')) return expect(problems.join()).toContain('needs poppler');
    expect(problems).toEqual(['It is protected by a password.', "It is damaged: Couldn't read xref table."]);
  });

  it('a picture that the decoder does not open is drawn by ffmpeg, and keeps its size', async () => {
    const bmp = Buffer.alloc(54 + 40 * 20 * 3, 200);
    bmp.fill(0, 0, 54);
    bmp.write('BM', 'latin1');
    for (const [at, value] of [
      [2, bmp.length],
      [10, 54],
      [14, 40],
      [18, 40],
      [22, 20],
      [26, 1 + (24 << 16)],
    ] as const)
      bmp.writeUInt32LE(value, at);
    const { asset } = await inspected('drawn.bmp', bmp);
    expect(asset).toMatchObject({ kind: 'image', contentType: 'image/bmp', durationMs: null });
    if (!tools.has('ffmpeg')) return expect(asset.media?.problem).toContain('needs ffmpeg');
    expect(asset).toMatchObject({ width: 40, height: 20, media: { problem: null, details: {} } });
    expect((await loaded(asset.thumbnailUrl)).headers.get('content-type')).toBe('image/webp');
  });
});

describe('what nobody looked at yet', () => {
  it('is inspected when somebody lists it, once, before what waits from uploads', async () => {
    const key = 'adopted/seen.jpg';
    const { asset, job } = await inspected(key, await phonePhoto(50, 50));
    await db().mediaInfo.deleteMany({ where: { libraryId: home.library.id, key } });
    await db()
      .$executeRaw`SELECT graphile_worker.complete_jobs(ARRAY(SELECT "id" FROM graphile_worker._private_jobs WHERE "payload"->>'key' = ${key}))`;
    const list = () => listEntries(anna, { library: home.library.slug, path: 'adopted/', sort: 'name', limit: 100 });
    expect((await list()).entries[0]).toMatchObject({ id: asset.id });
    await list();
    const jobs = await waiting('inspect', key);
    expect(jobs).toEqual([{ payload: job, priority: 5 }]);
  });

  it('an admin has everything made again, and nobody else may', async () => {
    const viewer = await home.makeActor([{ prefix: '', role: 'contributor' }]);
    await expect(rebuildRenditions(viewer, { library: home.library.slug })).rejects.toMatchObject({
      code: 'forbidden',
    });
    const { versions } = await rebuildRenditions(anna, { library: home.library.slug });
    const stored = await db().version.count({ where: { asset: { libraryId: home.library.id }, removedAt: null } });
    expect(versions).toBe(stored);
    await rebuildBatch({ libraryId: String(home.library.id), after: '0' });
    const [again] = await waiting('inspect', 'phone.jpg');
    expect(again).toMatchObject({ payload: { again: true }, priority: 30 });
    const before = await db().mediaInfo.findFirstOrThrow({ where: { libraryId: home.library.id, key: 'phone.jpg' } });
    await inspectVersion(again?.payload as InspectedVersion, never);
    const after = await db().mediaInfo.findFirstOrThrow({ where: { libraryId: home.library.id, key: 'phone.jpg' } });
    expect(after.inspectedAt.getTime()).toBeGreaterThan(before.inspectedAt.getTime());
  });
});

it('leaves no picture of a library that was removed', async () => {
  const gone = await makeTestLibrary();
  try {
    const admin = await gone.makeActor();
    await putBytes({ bucket: gone.library.bucket, key: 'a.jpg' }, await phonePhoto(64, 48), 'image/jpeg');
    const synced = await syncKey(gone.library, 'a.jpg');
    const [version] = await db().version.findMany({ where: { asset: { libraryId: gone.library.id } } });
    const { versionId, etag } = version as { versionId: string; etag: string };
    await inspectVersion({ libraryId: String(gone.library.id), key: 'a.jpg', versionId, etag }, never);
    const { asset } = await getAsset(admin, { id: String(synced?.assetId) });
    expect((await loaded(asset.thumbnailUrl)).status).toBe(200);
    await removeAllRenditions(gone.library.id);
    expect((await loaded(asset.thumbnailUrl)).status).toBe(404);
    const where = { libraryId: gone.library.id };
    expect([await db().rendition.count({ where }), await db().mediaInfo.count({ where })]).toEqual([0, 0]);
  } finally {
    await gone.remove();
  }
});
