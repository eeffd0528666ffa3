import { getCors } from './bucket-cors.ts';
import { bucketExists, getDefaultEncryption, getVersioning, type Versioning } from './buckets.ts';
import { listVersionKeys } from './list-version-keys.ts';
import { headObject } from './objects.ts';
import { isAccessDenied, isNotImplemented } from './store-errors.ts';
import type { CorsRule, ListedVersion, WantedEncryption } from './types.ts';

/** The store's answer, or why there is none. `denied`: the app's key may not; `unsupported`: the store has no such setting. */
export type Asked<T> = { answer: T } | { refused: 'denied' | 'unsupported' };

/** Entries that are looked at for the estimate: five pages. */
const mostEntries = 5_000;

/** What the first part of a listing showed. */
export type Sample = {
  /** Whether it is the whole place. */
  complete: boolean;
  /** Files: keys whose latest version is no delete marker. An empty one that ends in "/" is a folder. */
  live: number;
  versions: number;
  markers: number;
  /** Of all versions. */
  bytes: number;
  nullVersions: number;
  /** Versions in a class from which nothing can be read before it is thawed. */
  archived: number;
  /** Keys that end in "/" and hold bytes. */
  filledMarkers: number;
  /** Keys that are a file and, with a slash, a folder as well. */
  filesThatAreFolders: number;
  keys: string[];
};

export type AdoptionProbe = {
  exists: boolean;
  list: Asked<Sample>;
  /** Reading one of the objects; null when there is none to try. */
  read: Asked<true> | null;
  versioning: Asked<Versioning>;
  encryption: Asked<WantedEncryption>;
  cors: Asked<CorsRule[]>;
};

const ARCHIVED = new Set(['GLACIER', 'DEEP_ARCHIVE']);

/**
 * Looks at a bucket that may become a library, without writing anything into it: what may be read there and how it is set up.
 * @throws AppError store_unavailable when the store is away
 */
export async function probeAdoption(bucket: string, prefix: string): Promise<AdoptionProbe | { exists: false }> {
  const exists = await ask(() => bucketExists(bucket));
  if ('answer' in exists && !exists.answer) return { exists: false };
  const list = await ask(() => takeSample(bucket, prefix));
  const [first] = 'answer' in list ? list.answer.keys : [];
  return {
    exists: true,
    list,
    read:
      first === undefined
        ? null
        : await ask(async () => {
            await headObject({ bucket, key: first });
            return true as const;
          }),
    versioning: await ask(() => getVersioning(bucket)),
    encryption: await ask(() => getDefaultEncryption(bucket)),
    cors: await ask(() => getCors(bucket)),
  };
}

async function ask<T>(question: () => Promise<T>): Promise<Asked<T>> {
  try {
    return { answer: await question() };
  } catch (error) {
    if (isAccessDenied(error)) return { refused: 'denied' };
    if (isNotImplemented(error)) return { refused: 'unsupported' };
    throw error;
  }
}

async function takeSample(bucket: string, prefix: string): Promise<Sample> {
  const sample: Sample = {
    complete: true,
    live: 0,
    versions: 0,
    markers: 0,
    bytes: 0,
    nullVersions: 0,
    archived: 0,
    filledMarkers: 0,
    filesThatAreFolders: 0,
    keys: [],
  };
  const files = new Set<string>();
  const folders = new Set<string>();
  for await (const page of listVersionKeys({ bucket, prefix, after: null, upTo: null })) {
    for (const { key, versions } of page.keys) {
      for (const version of versions) countVersion(sample, version);
      if (versions[0]?.isDeleteMarker) continue;
      sample.keys.push(key);
      const holdsBytes = (versions[0]?.size ?? 0) > 0;
      if (!key.endsWith('/') || holdsBytes) sample.live += 1;
      if (key.endsWith('/') && holdsBytes) sample.filledMarkers += 1;
      if (!key.endsWith('/')) files.add(key);
      for (let at = key.indexOf('/'); at !== -1; at = key.indexOf('/', at + 1)) folders.add(key.slice(0, at));
    }
    if (page.upTo !== null && sample.versions + sample.markers >= mostEntries) {
      sample.complete = false;
      break;
    }
  }
  sample.filesThatAreFolders = [...files].filter((key) => folders.has(key)).length;
  return sample;
}

function countVersion(sample: Sample, version: ListedVersion): void {
  if (version.isDeleteMarker) {
    sample.markers += 1;
    return;
  }
  sample.versions += 1;
  sample.bytes += version.size;
  if (version.versionId === 'null') sample.nullVersions += 1;
  if (ARCHIVED.has(version.storageClass ?? '')) sample.archived += 1;
}
