import type { LibraryContext } from '#lib/libraries/require-library.ts';
import { inLanes } from '#lib/operations/in-lanes.ts';
import { getObjectTags } from '#lib/storage/get-object-tags.ts';
import { isNotFound } from '#lib/storage/store-errors.ts';
import type { VersionRef } from '#lib/storage/types.ts';
import type { CompiledRule } from './compile-rules.ts';
import { type FateKey, type FateVersion, fitsSize, matchesKey, type ObjectTag } from './plan-fates.ts';

/** Requests at once, half of what a process may have under way (lib/http/start-web-process.ts). */
const LANES = 24;
/** Milliseconds for which the tags of a version are taken to be as they were: a draft is counted again at every change. */
const KEPT_FOR = 10 * 60_000;
/** Versions whose tags this process remembers: some 30 MB. */
const KEPT_AT_MOST = 100_000;

const kept = new Map<string, { tags: ObjectTag[]; at: number }>();
const nameOf = ({ bucket, key, versionId }: VersionRef) => `${bucket}/${key}@${versionId}`;

/**
 * Keys with the S3 object tags of those versions that a rule by tags could act on, asked from the store: the index does not hold tags, which
 * change without a new version.
 * @param most requests to the store; keys from where that is not enough are left out, though never the first
 * @returns the first of `keys`, or all, and how many versions have tags that count
 */
export async function withTags(
  library: Pick<LibraryContext, 'bucket'>,
  keys: FateKey[],
  rules: CompiledRule[],
  most: number,
): Promise<{ keys: FateKey[]; asked: number }> {
  const byTags = rules.filter((rule) => rule.tags.length > 0);
  if (byTags.length === 0) return { keys, asked: 0 };
  const wanted: { ref: VersionRef; version: FateVersion }[] = [];
  const missing: VersionRef[] = [];
  let taken = 0;
  for (const { key, versions } of keys) {
    const here = byTags.filter((rule) => matchesKey(rule, key));
    const refs = versions
      .filter((version) => !version.isDeleteMarker && here.some((rule) => fitsSize(version, rule)))
      .map((version) => ({ version, ref: { bucket: library.bucket, key, versionId: version.versionId } }));
    const unknown = refs.filter(({ ref }) => !isKept(ref)).map(({ ref }) => ref);
    if (taken > 0 && missing.length + unknown.length > most) break;
    taken += 1;
    wanted.push(...refs);
    missing.push(...unknown);
  }
  await inLanes(missing, LANES, async (ref) => keep(ref, await readTags(ref)));
  const tags = new Map(wanted.map(({ ref, version }) => [version, kept.get(nameOf(ref))?.tags ?? []]));
  return {
    keys: keys.slice(0, taken).map(({ key, versions }) => ({
      key,
      versions: versions.map((version) => ({ ...version, tags: tags.get(version) ?? [] })),
    })),
    asked: wanted.length,
  };
}

function isKept(ref: VersionRef): boolean {
  const found = kept.get(nameOf(ref));
  return found !== undefined && found.at > Date.now() - KEPT_FOR;
}

function keep(ref: VersionRef, tags: ObjectTag[]): void {
  const name = nameOf(ref);
  kept.delete(name);
  kept.set(name, { tags, at: Date.now() });
  // The oldest stands first in a map.
  for (const oldest of kept.keys()) {
    if (kept.size <= KEPT_AT_MOST) return;
    kept.delete(oldest);
  }
}

/** None for a version that is gone since. */
async function readTags(ref: VersionRef): Promise<ObjectTag[]> {
  try {
    return await getObjectTags(ref);
  } catch (error) {
    if (isNotFound(error)) return [];
    throw error;
  }
}
