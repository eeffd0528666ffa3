import { afterEach, expect, test, vi } from 'vitest';
import { ApiError } from '#lib/http/api-client.ts';
import { makeFile, pick, setUp, watch } from './testing/engine-bench.ts';
import { createFakeTransport, directHasher } from './testing/fake-transport.ts';
import { createUploadEngine } from './upload-engine.ts';

const media = { library: 'media', folder: 'photos/' };
const MiB = 1024 * 1024;
/** Small enough for many parts in little memory; above the limit of one PUT the server decides the size of parts. */
const big = { partSize: 2 * MiB, putMs: 5 };

afterEach(() => vi.restoreAllMocks());

test('small files: batches of at most 100, six at a time, all verified', async () => {
  const { engine, inFlight, calls, counts, allDone, objects } = setUp();
  const files = Array.from({ length: 1000 }, (_, i) => makeFile(`${i}.jpg`, 50));
  await engine.add(pick(...files), media);
  await allDone(1000);
  expect(objects.size).toBe(1000);
  expect(inFlight.most).toBe(6);
  expect(counts.put).toBe(1000);
  // Issue 3, point 10: at most 25 app requests for 1,000 files.
  expect(calls()).toBeLessThanOrEqual(25);
});

test.each([
  [1000, 20, 25],
  [300, 100, 14],
])(
  '%d files that take %d ms each: at most %d requests to the app',
  async (count, putMs, most) => {
    const { engine, calls, allDone, until } = setUp({ putMs });
    await engine.add(pick(...Array.from({ length: count }, (_, i) => makeFile(`${i}.jpg`, 10))), media);
    await until(() => engine.snapshot().done === count, 'the end', 30_000);
    await allDone(count);
    expect(calls()).toBeLessThanOrEqual(most);
  },
  40_000,
);

test('a large file: four parts at a time, the next file begins while the last parts drain', async () => {
  const { engine, inFlight, allDone, putBodies, uploads } = setUp(big);
  await engine.add(pick(makeFile('a.mov', 33 * MiB), makeFile('b.mov', 33 * MiB)), media);
  await allDone(2);
  expect(inFlight.mostOfFile).toBe(4);
  expect(inFlight.most).toBe(6);
  expect(inFlight.filesTogether).toBe(2);
  expect(putBodies).toHaveLength(34);
  for (const upload of uploads.values())
    expect([...upload.parts.values()].reduce((n, p) => n + p.size, 0)).toBe(33 * MiB);
});

test('the first request for links goes alone, because it opens the upload at the store', async () => {
  const { engine, hooks, allDone, uploads } = setUp(big);
  const seen: number[] = [];
  let open = 0;
  const original = hooks.call;
  hooks.call = (name) => {
    original?.(name);
    if (name === 'signParts') seen.push(++open);
  };
  hooks.lose = (name) => {
    if (name === 'signParts') open -= 1;
  };
  await engine.add(pick(makeFile('a.mov', 40 * MiB)), media);
  await allDone(1);
  expect(seen[0]).toBe(1);
  expect(seen[1]).toBe(1);
  expect([...uploads.values()][0]?.parts.size).toBe(20);
});

test('an empty file is sent and verified like any other', async () => {
  const { engine, allDone, objects } = setUp();
  await engine.add(pick(makeFile('empty.txt', 0)), media);
  await allDone(1);
  expect(objects.get('photos/empty.txt')?.size).toBe(0);
});

test('a date template is resolved for each file', async () => {
  const { engine, allDone, objects } = setUp();
  const files = [
    makeFile('a.jpg', 1, new Date(2025, 0, 9).getTime()),
    makeFile('b.jpg', 1, new Date(2026, 6, 1).getTime()),
  ];
  await engine.add(pick(...files), { library: 'media', folder: 'p/{yyyy}/{mm}/', template: true });
  await allDone(2);
  expect([...objects.keys()].sort()).toEqual(['p/2025/01/a.jpg', 'p/2026/07/b.jpg']);
});

test('a folder that is called like a placeholder is left alone when it is no template', async () => {
  const { engine, allDone, objects } = setUp();
  await engine.add(pick(makeFile('a.jpg', 1)), { library: 'media', folder: '{yyyy}/' });
  await allDone(1);
  expect([...objects.keys()]).toEqual(['{yyyy}/a.jpg']);
});

test('names that cannot be are refused before anything is asked; the others go', async () => {
  const { engine, allDone, items, objects } = setUp();
  const bad = { file: makeFile('x', 1), relativePath: 'a//b.jpg' };
  const odd = ['a b.jpg', '100%+1#2?.jpg', '🌊 é.jpg', 'ملف.jpg'].map((name) => makeFile(name, 3));
  await engine.add([bad, ...pick(...odd)], media);
  await allDone(4);
  expect([...objects.keys()].sort()).toEqual(odd.map((file) => `photos/${file.name}`).sort());
  expect(items().find((item) => item.state === 'failed')?.failure?.sentence).toContain('two slashes');
});

test('a failed PUT is sent again; the checksum is of the bytes that arrive', async () => {
  const { engine, hooks, allDone, counts } = setUp();
  vi.spyOn(Math, 'random').mockReturnValue(0);
  hooks.put = (_, attempt) => (attempt === 1 ? { kind: 'http', status: 503, code: 'SlowDown', message: '' } : null);
  await engine.add(pick(makeFile('a.jpg', 100)), media);
  await allDone(1);
  expect(counts.put).toBe(2);
});

test('an expired link is signed again, without a word', async () => {
  const { engine, hooks, allDone, counts } = setUp();
  hooks.put = (_, attempt) =>
    attempt === 1 ? { kind: 'http', status: 403, code: 'AccessDenied', message: 'Request has expired' } : null;
  await engine.add(pick(makeFile('a.jpg', 100)), media);
  await allDone(1);
  expect(counts.sign).toBe(1);
  expect(counts.put).toBe(2);
});

test('an expired link of a part is signed again', async () => {
  const { engine, hooks, allDone, putBodies } = setUp(big);
  hooks.put = (url, attempt) =>
    url.searchParams.get('part') === '3' && attempt === 1
      ? { kind: 'http', status: 403, code: 'AccessDenied', message: 'Request has expired' }
      : null;
  await engine.add(pick(makeFile('a.mov', 20 * MiB)), media);
  await allDone(1);
  expect(putBodies).toHaveLength(10);
});

test('a refusal that names CORS says so, keeps the session, and can be retried', async () => {
  const { engine, hooks, inState, only, allDone, counts, uploads } = setUp();
  vi.spyOn(Math, 'random').mockReturnValue(0);
  hooks.reach = { online: true, app: true, store: true, cors: false };
  hooks.put = () => ({ kind: 'network' });
  await engine.add(pick(makeFile('a.jpg', 100)), media);
  await inState('failed');
  expect(only().failure).toMatchObject({ code: 'cors' });
  expect(only().failure?.sentence).toContain('CORS');
  expect(counts.cancel).toBe(0);
  hooks.put = null;
  engine.retryFailed();
  await allDone(1);
  expect(uploads.size).toBe(1);
});

test('without network everything waits and goes on by itself', async () => {
  const { engine, hooks, until, allDone, goOnline, counts } = setUp();
  hooks.put = () => ({ kind: 'network' });
  hooks.reach = { online: false, app: false, store: false, cors: false };
  await engine.add(pick(makeFile('a.jpg', 100), makeFile('b.jpg', 100)), media);
  await until(() => engine.snapshot().gate?.missing === 'network', 'the gate to close');
  expect(engine.snapshot().failed).toBe(0);
  expect(engine.snapshot().moving).toBe(false);
  const before = counts.put;
  hooks.put = null;
  hooks.reach = { online: true, app: true, store: true, cors: true };
  goOnline();
  await allDone(2);
  expect(engine.snapshot().gate).toBeNull();
  expect(counts.put).toBe(before + 2);
});

test('an app that does not answer is waited for', async () => {
  const { engine, hooks, allDone, until } = setUp();
  vi.spyOn(Math, 'random').mockReturnValue(0);
  let away = true;
  hooks.call = (name) => {
    if (away && name === 'start') throw new ApiError({ code: 'network', status: 0, detail: 'No answer.' });
  };
  hooks.reach = { online: true, app: false, store: true, cors: true };
  await engine.add(pick(makeFile('a.jpg', 100)), media);
  await until(() => engine.snapshot().gate?.missing === 'app', 'the gate to close');
  away = false;
  hooks.reach = { online: true, app: true, store: true, cors: true };
  await allDone(1);
});

test('a busy database is waited for', async () => {
  const { engine, hooks, allDone, counts } = setUp();
  vi.spyOn(Math, 'random').mockReturnValue(0);
  hooks.call = (name) => {
    if (name === 'complete' && counts.complete < 3)
      throw new ApiError({ code: 'database_unavailable', status: 503, detail: 'Busy.' });
  };
  await engine.add(pick(makeFile('a.jpg', 100)), media);
  await allDone(1);
  expect(counts.complete).toBe(3);
});

test('a lost answer to start: the reservation is recognised as our own', async () => {
  const { engine, hooks, allDone, uploads, counts } = setUp();
  vi.spyOn(Math, 'random').mockReturnValue(0);
  hooks.lose = (name) => {
    if (name === 'start' && counts.start === 1) throw new ApiError({ code: 'network', status: 0, detail: 'Lost.' });
  };
  await engine.add(pick(makeFile('a.jpg', 100)), media);
  await allDone(1);
  expect(uploads.size).toBe(1);
});

test('a lost answer to the PUT: the object is our own, and no conflict', async () => {
  const { engine, hooks, allDone, uploads, objects } = setUp();
  vi.spyOn(Math, 'random').mockReturnValue(0);
  let lost = false;
  hooks.put = (url) => {
    if (lost) return { kind: 'http', status: 412, code: 'PreconditionFailed', message: '' };
    lost = true;
    const upload = uploads.get(url.pathname.split('/')[2] ?? '');
    if (upload) upload.stored = true;
    return { kind: 'network' };
  };
  await engine.add(pick(makeFile('a.jpg', 100)), media);
  await allDone(1);
  expect(objects.size).toBe(1);
});

test('pause keeps what is stored; resume sends only the rest', async () => {
  const { engine, inState, allDone, only, putBodies, counts, until } = setUp({ ...big, putMs: 200 });
  await engine.add(pick(makeFile('a.mov', 40 * MiB)), media);
  await until(() => putBodies.length >= 4, 'four parts stored');
  engine.pauseAll();
  await inState('paused');
  const stored = putBodies.length;
  expect(only().sent).toBeGreaterThanOrEqual(stored * 2 * MiB);
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(putBodies.length).toBeLessThanOrEqual(stored + 4);
  engine.resumeAll();
  await allDone(1);
  expect(new Set(putBodies.map((body) => body.part)).size).toBe(20);
  expect(putBodies).toHaveLength(20);
  expect(counts.cancel).toBe(0);
});

test('only cancel gives the upload up at the store', async () => {
  const { engine, inState, only, counts, until, uploads, items } = setUp({ ...big, putMs: 30 });
  await engine.add(pick(makeFile('a.mov', 40 * MiB)), media);
  await inState('sending');
  await engine.cancel(only());
  await until(() => items().length === 0, 'the row to go');
  expect(counts.cancel).toBe(1);
  expect([...uploads.values()][0]?.cancelled).toBe(true);
});

test('an upload cancelled while its start was on the way is cancelled at the server too', async () => {
  const { transport, uploads } = createFakeTransport();
  let answer = () => {};
  const held = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const slow = {
    ...transport,
    start: async (...args: Parameters<typeof transport.start>) => {
      const results = await transport.start(...args);
      await held;
      return results;
    },
  };
  const engine = createUploadEngine(slow, directHasher);
  const { only, until } = watch(engine);
  await engine.add(pick(makeFile('a.jpg', 10)), media);
  await until(() => engine.snapshot().total === 1, 'the row');
  await vi.waitFor(() => expect(uploads.size).toBe(1));
  await engine.cancel(only());
  expect([...uploads.values()][0]?.cancelled).toBe(false);
  answer();
  await vi.waitFor(() => expect([...uploads.values()][0]?.cancelled).toBe(true));
});

test('after a reload the same file continues: only the missing parts are sent', async () => {
  // Five rounds of four parts: slow enough that a busy machine still pauses in the middle.
  const world = setUp({ ...big, putMs: 200 });
  const file = makeFile('film.mov', 40 * MiB);
  await world.engine.add(pick(file), media);
  await world.until(() => world.putBodies.length >= 8, 'eight parts');
  world.engine.pauseAll();
  await world.inState('paused');
  await new Promise((resolve) => setTimeout(resolve, 300));
  const stored = new Set(world.putBodies.map((body) => body.part));
  world.putBodies.length = 0;

  const engine = createUploadEngine(world.transport, directHasher);
  const { allDone } = watch(engine);
  await engine.refreshSessions();
  await vi.waitFor(() => expect(engine.snapshot().sessions).toHaveLength(1));
  const [session] = engine.snapshot().sessions ?? [];
  if (!session) throw new Error('no session');
  // One stored part is not what the file holds: it is sent again.
  const upload = world.uploads.get(session.id);
  const damaged = [...stored][3] as number;
  upload?.parts.set(damaged, { size: 2 * MiB, crc64nvme: 'AAAAAAAAAAA=' });

  expect(await engine.continueWith(session, makeFile('film.mov', 39 * MiB))).toEqual({
    ok: false,
    mismatch: { what: 'size', have: 39 * MiB, want: 40 * MiB },
  });
  const other = new File([new Uint8Array(40 * MiB).fill(7)], 'film.mov', { lastModified: file.lastModified });
  expect(await engine.continueWith(session, other)).toEqual({ ok: false, mismatch: { what: 'content' } });
  expect(await engine.continueWith(session, file)).toEqual({ ok: true });
  await allDone(1);
  const sentAgain = world.putBodies.map((body) => body.part).sort((a, b) => a - b);
  const missing = Array.from({ length: 20 }, (_, i) => i + 1).filter((n) => !stored.has(n) || n === damaged);
  expect(sentAgain).toEqual(missing);
  expect(world.counts.start).toBe(1);
});

test('dropping the right file at the same place continues it; elsewhere it is offered', async () => {
  const world = setUp({ ...big, putMs: 20 });
  const file = makeFile('film.mov', 40 * MiB);
  await world.engine.add(pick(file), media);
  await world.until(() => world.putBodies.length >= 4, 'four parts');
  world.engine.pauseAll();
  await new Promise((resolve) => setTimeout(resolve, 60));
  world.putBodies.length = 0;

  const engine = createUploadEngine(world.transport, directHasher);
  const { allDone, inState, only } = watch(engine);
  await engine.refreshSessions();
  await engine.add(pick(file), { library: 'media', folder: 'elsewhere/' });
  await inState('offer');
  expect(engine.snapshot().offers).toHaveLength(1);
  expect(await engine.answerOffer(only(), true)).toEqual({ ok: true });
  await allDone(1);
  expect(world.uploads.size).toBe(1);
  expect(world.putBodies.length).toBeLessThan(20);
  expect([...world.objects.keys()]).toEqual(['photos/film.mov']);
});

test('a session that the server forgot is replaced by a new one', async () => {
  const { engine, hooks, allDone, uploads } = setUp(big);
  let gone = false;
  hooks.put = () => {
    if (gone) return null;
    gone = true;
    for (const upload of uploads.values()) upload.cancelled = true;
    return { kind: 'http', status: 404, code: 'NoSuchUpload', message: '' };
  };
  await engine.add(pick(makeFile('a.mov', 20 * MiB)), media);
  await allDone(1);
  expect(uploads.size).toBe(2);
});

test('parts that are missing at completion are sent again', async () => {
  const { engine, hooks, allDone, uploads, putBodies } = setUp(big);
  hooks.call = (name) => {
    if (name !== 'complete' || putBodies.length > 10) return;
    [...uploads.values()][0]?.parts.delete(2);
  };
  await engine.add(pick(makeFile('a.mov', 20 * MiB)), media);
  await allDone(1);
  expect(putBodies).toHaveLength(11);
});

test('clashes: nothing is sent before the decision; one answer for all, and for those found later', async () => {
  const { engine, inState, items, objects, allDone, counts } = setUp();
  for (let i = 0; i < 3; i++) objects.set(`photos/${i}.jpg`, { uploadId: 'x', versionId: `old${i}`, size: 1 });
  await engine.add(pick(...[0, 1, 2, 3].map((i) => makeFile(`${i}.jpg`, 10))), media);
  await inState('clash', 3);
  expect(counts.put).toBe(1);
  const [first] = engine.snapshot().clashes;
  expect(first?.clash?.existing).toMatchObject({ versionId: 'old0', size: 1 });
  if (!first) throw new Error('no clash');
  await engine.decide(first, 'replace', true);
  await allDone(4);
  expect(objects.size).toBe(4);
  expect([...objects.values()].every((object) => !object.versionId.startsWith('old'))).toBe(true);
  expect(items().every((item) => item.state === 'done')).toBe(true);
});

test('keep both takes another name; skip sends nothing', async () => {
  const { engine, inState, objects, until, counts, items } = setUp();
  for (const name of ['a', 'b']) objects.set(`photos/${name}.jpg`, { uploadId: 'x', versionId: name, size: 1 });
  await engine.add(pick(makeFile('a.jpg', 10), makeFile('b.jpg', 10)), media);
  await inState('clash', 2);
  const [a, b] = engine.snapshot().clashes;
  if (!a || !b) throw new Error('no clashes');
  await engine.decide(a, 'rename');
  await engine.decide(b, 'skip');
  await until(() => engine.snapshot().idle && engine.snapshot().done === 1, 'the end');
  expect([...objects.keys()].sort()).toEqual(['photos/a (2).jpg', 'photos/a.jpg', 'photos/b.jpg']);
  expect(counts.put).toBe(1);
  expect(items().find((item) => item.name === 'a.jpg')?.path).toBe('photos/a (2).jpg');
});

test('a clash found at completion keeps the parts: "Replace" sends nothing again', async () => {
  const { engine, hooks, inState, objects, only, allDone, putBodies, counts } = setUp(big);
  hooks.call = (name) => {
    if (name === 'complete' && objects.size === 0)
      objects.set('photos/a.mov', { uploadId: 'other', versionId: 'theirs', size: 5 });
  };
  await engine.add(pick(makeFile('a.mov', 20 * MiB)), media);
  await inState('clash');
  expect(only().clash).toMatchObject({ late: true, existing: { versionId: 'theirs' } });
  await engine.decide(only(), 'replace');
  await allDone(1);
  expect(putBodies).toHaveLength(10);
  expect(counts.replace).toBe(1);
});

test('the end of a session says so and keeps everything for after signing in', async () => {
  const { engine, hooks, inState, items, allDone } = setUp();
  hooks.call = (name) => {
    if (name === 'start') throw new ApiError({ code: 'unauthenticated', status: 401, detail: 'Signed out.' });
  };
  await engine.add(pick(makeFile('a.jpg', 10), makeFile('b.jpg', 10)), media);
  await inState('failed', 2);
  expect(items()[0]?.failure).toMatchObject({ code: 'signed_out' });
  hooks.call = null;
  engine.retryFailed();
  await allDone(2);
});

test('a failure of one file leaves the others alone', async () => {
  const { engine, hooks, until, items } = setUp();
  vi.spyOn(Math, 'random').mockReturnValue(0);
  const doomed = new Set<string>();
  hooks.put = (url) => {
    const id = url.pathname.split('/')[2] ?? '';
    if (doomed.size === 0) doomed.add(id);
    return doomed.has(id) ? { kind: 'http', status: 403, code: 'SignatureDoesNotMatch', message: '' } : null;
  };
  await engine.add(pick(...Array.from({ length: 20 }, (_, i) => makeFile(`${i}.jpg`, 10))), media);
  await until(() => engine.snapshot().done === 19 && engine.snapshot().failed === 1, '19 done and 1 failed');
  expect(items().find((item) => item.state === 'failed')?.failure?.sentence).toContain('403 SignatureDoesNotMatch');
});

test('5,000 files are taken in slices: no stretch of work is long, and the state is published at most ten times a second', async () => {
  const { engine, until, inFlight } = setUp({ putMs: 5 });
  let publications = 0;
  engine.subscribe(() => {
    publications += 1;
  });
  const file = makeFile('x.jpg', 4);
  const began = performance.now();
  let turns = 0;
  const counting = setInterval(() => {
    turns += 1;
  }, 0);
  // Reading a real drop takes its time: 0.05 ms a file here, so that no machine is through before the first slice ends.
  function* read() {
    for (let i = 0; i < 5000; i += 1) {
      const until = performance.now() + 0.05;
      while (performance.now() < until);
      yield { file, relativePath: `deep/${i % 50}/${i}.jpg` };
    }
  }
  await engine.add(read(), media);
  clearInterval(counting);
  expect(turns).toBeGreaterThan(0);
  await until(() => engine.snapshot().total === 5000, 'all listed');
  await until(() => engine.snapshot().done === 5000, 'all done', 30_000);
  const seconds = (performance.now() - began) / 1000;
  expect(publications).toBeLessThanOrEqual(Math.ceil(seconds * 10) + 2);
  expect(inFlight.most).toBe(6);
}, 40_000);

test('a new drop after the end starts a new count', async () => {
  const { engine, allDone, items, until } = setUp();
  await engine.add(pick(makeFile('a.jpg', 1)), media);
  await allDone(1);
  await engine.add(pick(makeFile('b.jpg', 1)), media);
  await until(() => items()[0]?.name === 'b.jpg' && engine.snapshot().done === 1, 'the second to be done');
  expect(items()).toHaveLength(1);
  expect(engine.snapshot().total).toBe(1);
});

test('listeners hear of every file that is in the library', async () => {
  const { engine, allDone } = setUp();
  const heard: string[] = [];
  engine.onCompleted((item) => heard.push(item.path));
  await engine.add(pick(makeFile('a.jpg', 1), makeFile('b.jpg', 1)), media);
  await allDone(2);
  expect(heard.sort()).toEqual(['photos/a.jpg', 'photos/b.jpg']);
});

test('a second drop of files that are on their way adds nothing', async () => {
  const { engine, allDone, items, objects } = setUp({ putMs: 50 });
  const files = pick(makeFile('a.jpg', 10), makeFile('b.jpg', 20));
  await engine.add(files, media);
  await engine.add(files, media);
  await allDone(2);
  expect(items()).toHaveLength(2);
  expect(objects.size).toBe(2);
});

test('a store that is away for one file of a batch is asked again', async () => {
  const { engine, transport, allDone } = setUp();
  vi.spyOn(Math, 'random').mockReturnValue(0);
  const complete = transport.complete;
  let first = true;
  transport.complete = async (ids) => {
    if (!first) return complete(ids);
    first = false;
    const error = { code: 'store_unavailable', detail: 'Away.' };
    return ids.map((id) => ({ ok: false as const, id, error, existing: null }));
  };
  await engine.add(pick(makeFile('a.jpg', 10)), media);
  await allDone(1);
});

test('small files left waiting by a reload are taken up by choosing them again, or by dropping them where they were to go', async () => {
  const world = setUp();
  world.hooks.put = () => new Promise(() => {});
  const files = [1, 2, 3].map((n) => makeFile(`${n}.jpg`, n * 10));
  await world.engine.add(pick(...files), media);
  await world.inState('sending', 3);

  world.hooks.put = null;
  const engine = createUploadEngine(world.transport, directHasher);
  const { allDone } = watch(engine);
  await engine.refreshSessions();
  const [one, two, three] = files as [File, File, File];
  expect(await engine.continueAny([one, makeFile('other.jpg', 10)])).toBe(1);
  await engine.add(pick(two), media);
  // Nothing of it is kept anywhere, so another place is just another place.
  await engine.add(pick(three), { library: 'media', folder: 'elsewhere/' });
  await allDone(3);
  expect([...world.objects.keys()].sort()).toEqual(['elsewhere/3.jpg', 'photos/1.jpg', 'photos/2.jpg']);
  expect(world.uploads.size).toBe(4);
});
