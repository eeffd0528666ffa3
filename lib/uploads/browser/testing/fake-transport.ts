import { ApiError } from '#lib/http/api-client.ts';
import type { StartFile } from '../../schema.ts';
import { crc64nvmeOf } from '../crc64nvme.ts';
import { keptBytes } from '../small-files.ts';
import type { Hasher, OpenSession, PutOutcome, Reachability, Transport } from '../types.ts';

const partSize = 16 * 1024 * 1024;

type FakeUpload = {
  id: string;
  library: string;
  file: StartFile;
  path: string;
  parts: Map<number, { size: number; crc64nvme: string }>;
  stored: boolean;
  cancelled: boolean;
  completed: boolean;
};

/**
 * A store and an app in memory for the engine's tests, which keeps the same promises as the real ones: reserved paths, signed links,
 * parts, conditions, verification. Counts what is asked of it.
 */
export function createFakeTransport(options: { putMs?: number; partSize?: number } = {}) {
  const uploads = new Map<string, FakeUpload>();
  const objects = new Map<string, { uploadId: string; versionId: string; size: number }>();
  const counts = { start: 0, sign: 0, signParts: 0, complete: 0, cancel: 0, replace: 0, session: 0, open: 0, put: 0 };
  const inFlight = { now: 0, most: 0, byFile: new Map<string, number>(), mostOfFile: 0, filesTogether: 0 };
  const hooks = {
    /** Answers a PUT instead of the store. Return null to let the store answer. */
    put: null as ((url: URL, attempt: number) => PutOutcome | null | Promise<PutOutcome | null>) | null,
    /** Throws to make a call to the app fail; called before it takes effect. */
    call: null as ((name: keyof typeof counts) => void) | null,
    /** Throws after a call took effect: its answer is lost. */
    lose: null as ((name: keyof typeof counts) => void) | null,
    reach: { online: true, app: true, store: true, cors: true } as Reachability,
    linkMs: 600_000,
  };
  const attempts = new Map<string, number>();
  const putBodies: { id: string; part: number; bytes: number }[] = [];
  const online = new Set<() => void>();
  let serial = 0;

  const call = async <T>(name: keyof typeof counts, act: () => T | Promise<T>): Promise<T> => {
    counts[name] += 1;
    await Promise.resolve();
    hooks.call?.(name);
    const answer = await act();
    hooks.lose?.(name);
    return answer;
  };
  const find = (id: string): FakeUpload => {
    const upload = uploads.get(id);
    if (!upload || upload.cancelled) throw new ApiError({ code: 'not_found', status: 404, detail: 'No such upload.' });
    return upload;
  };
  const size = options.partSize ?? partSize;
  const link = (id: string, part: number, crc64nvme: string) => ({
    method: 'PUT' as const,
    url: `http://store.test/bucket/${id}?part=${part}&n=${++serial}`,
    headers: { 'x-amz-checksum-crc64nvme': crc64nvme },
    expiresAt: new Date(Date.now() + hooks.linkMs).toISOString(),
  });
  const planOf = (upload: FakeUpload) =>
    upload.file.crc64nvme
      ? { kind: 'single' as const, ...link(upload.id, 0, upload.file.crc64nvme) }
      : { kind: 'multipart' as const, partSize: size, partCount: Math.ceil(upload.file.size / size) };
  const existingOf = (object: { versionId: string; size: number }) => ({
    id: '1',
    size: object.size,
    modifiedAt: '2026-11-01T00:00:00Z',
    versionId: object.versionId,
  });
  const viewOf = (upload: FakeUpload): OpenSession => ({
    id: upload.id,
    library: upload.library,
    path: upload.path,
    size: upload.file.size,
    contentType: upload.file.contentType,
    kind: upload.file.crc64nvme ? 'single' : 'multipart',
    partSize: size,
    partCount: Math.ceil(upload.file.size / size),
    state: 'uploading',
    error: null,
    modifiedAt: upload.file.modifiedAt ?? null,
    createdAt: '2026-11-23T10:00:00Z',
    expiresAt: '2026-11-30T10:00:00Z',
    updatedAt: '2026-11-23T10:00:00Z',
    storedBytes: [...upload.parts.values()].reduce((sum, part) => sum + part.size, 0),
  });
  const isOpen = (upload: FakeUpload) => !upload.cancelled && !upload.completed;

  const transport: Transport = {
    start: (library, files) =>
      call('start', () =>
        files.map((file) => {
          const taken = objects.get(file.path);
          let path = file.path;
          if (taken && file.ifExists === 'rename') path = file.path.replace(/(\.\w+)?$/, ' (2)$1');
          else if (taken && !(file.ifExists === 'replace' && file.expectedVersionId === taken.versionId))
            return {
              ok: false as const,
              path,
              error: { code: 'path_exists', detail: 'There is a file.' },
              existing: existingOf(taken),
            };
          if ([...uploads.values()].some((other) => isOpen(other) && other.path === path))
            return { ok: false as const, path, error: { code: 'path_reserved', detail: 'Reserved.' }, existing: null };
          const id = `00000000-0000-4000-8000-${String(++serial).padStart(12, '0')}`;
          const upload: FakeUpload = {
            id,
            library,
            file,
            path,
            parts: new Map(),
            stored: false,
            cancelled: false,
            completed: false,
          };
          uploads.set(id, upload);
          return { ok: true as const, id, path, plan: planOf(upload) };
        }),
      ),
    sign: (ids) =>
      call('sign', () =>
        ids.map((id) => ({
          ok: true as const,
          id,
          plan: { kind: 'single' as const, ...link(id, 0, find(id).file.crc64nvme ?? '') },
        })),
      ),
    signParts: (id, parts) =>
      call('signParts', () => {
        find(id);
        return parts.map(({ number, crc64nvme }) => ({ number, ...link(id, number, crc64nvme) }));
      }),
    complete: (ids) =>
      call('complete', () =>
        ids.map((id) => {
          const upload = find(id);
          const there = objects.get(upload.path);
          const refuse = (code: string) => ({
            ok: false as const,
            id,
            error: { code, detail: code },
            existing: there && there.uploadId !== id ? existingOf(there) : null,
          });
          const whole =
            viewOf(upload).kind === 'single' ? upload.stored : viewOf(upload).storedBytes === upload.file.size;
          if (there && there.uploadId !== id && there.versionId !== upload.file.expectedVersionId)
            return refuse('path_exists');
          if (!whole) return refuse('upload_incomplete');
          upload.completed = true;
          objects.set(upload.path, { uploadId: id, versionId: `v${++serial}`, size: upload.file.size });
          return { ok: true as const, id, state: 'completed' as const, asset: null };
        }),
      ),
    replace: (id, expectedVersionId) =>
      call('replace', () => {
        find(id).file.expectedVersionId = expectedVersionId;
      }),
    cancel: (id) =>
      call('cancel', () => {
        const upload = uploads.get(id);
        if (upload) upload.cancelled = true;
      }),
    session: (id) =>
      call('session', () => ({
        upload: viewOf(find(id)),
        storedParts: [...find(id).parts].map(([number, part]) => ({ number, ...part })),
      })),
    openSessions: () => call('open', () => [...uploads.values()].filter(isOpen).map(viewOf)),
    probe: async () => ({ ...hooks.reach }),
    onOnline: (listener) => {
      online.add(listener);
      return () => online.delete(listener);
    },
    hold: () => () => {},
    heldElsewhere: async () => new Set(),
    put: async (request, body, { signal, onProgress }) => {
      const url = new URL(request.url);
      const id = url.pathname.split('/')[2] ?? '';
      const part = Number(url.searchParams.get('part'));
      const place = `${id}/${part}`;
      counts.put += 1;
      attempts.set(place, (attempts.get(place) ?? 0) + 1);
      inFlight.now += 1;
      inFlight.most = Math.max(inFlight.most, inFlight.now);
      const ofFile = (inFlight.byFile.get(id) ?? 0) + 1;
      inFlight.byFile.set(id, ofFile);
      inFlight.mostOfFile = Math.max(inFlight.mostOfFile, ofFile);
      inFlight.filesTogether = Math.max(
        inFlight.filesTogether,
        [...inFlight.byFile.values()].filter((n) => n > 0).length,
      );
      try {
        const bytes = body instanceof Blob ? body.size : body.byteLength;
        onProgress(Math.floor(bytes / 2));
        await new Promise((resolve) => setTimeout(resolve, options.putMs ?? 1));
        if (signal.aborted) return { kind: 'aborted' };
        const forced = await hooks.put?.(url, attempts.get(place) ?? 1);
        if (forced) return forced;
        if (Date.parse(request.expiresAt) <= Date.now())
          return { kind: 'http', status: 403, code: 'AccessDenied', message: 'Request has expired' };
        const crc64nvme = await crc64nvmeOf(body instanceof Blob ? await body.arrayBuffer() : body);
        if (crc64nvme !== request.headers['x-amz-checksum-crc64nvme'])
          return { kind: 'http', status: 400, code: 'XAmzContentChecksumMismatch', message: 'checksum differs' };
        const upload = uploads.get(id);
        if (!upload || upload.cancelled) return { kind: 'http', status: 404, code: 'NoSuchUpload', message: '' };
        if (part === 0) {
          const there = objects.get(upload.path);
          if (there && there.versionId !== upload.file.expectedVersionId)
            return { kind: 'http', status: 412, code: 'PreconditionFailed', message: '' };
          upload.stored = true;
        } else upload.parts.set(part, { size: bytes, crc64nvme });
        putBodies.push({ id, part, bytes });
        return { kind: 'ok' };
      } finally {
        inFlight.now -= 1;
        inFlight.byFile.set(id, (inFlight.byFile.get(id) ?? 1) - 1);
      }
    },
  };
  const goOnline = () => {
    for (const listener of online) listener();
  };
  const calls = () => Object.entries(counts).reduce((sum, [name, n]) => (name === 'put' ? sum : sum + n), 0);
  return { transport, uploads, objects, counts, calls, inFlight, hooks, putBodies, goOnline };
}

/** Hashes in the test's own thread. */
export const directHasher: Hasher = {
  async hash(blob, { signal }) {
    const crc64nvme = await crc64nvmeOf(await blob.arrayBuffer());
    signal.throwIfAborted();
    return crc64nvme;
  },
  async read(file, { signal }) {
    const bytes = new Uint8Array(await file.arrayBuffer());
    signal.throwIfAborted();
    return { crc64nvme: await crc64nvmeOf(bytes), bytes: file.size <= keptBytes ? bytes : null };
  },
};
