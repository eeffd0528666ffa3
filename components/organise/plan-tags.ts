import type { AssetEntry } from '#lib/assets/schema.ts';

/** A tag among several files: how many of them have it. */
export type SharedTag = { name: string; count: number };

/** The tags of some files, those that most have first. */
export function sharedTags(assets: readonly Pick<AssetEntry, 'tags'>[]): SharedTag[] {
  const counts = new Map<string, number>();
  for (const { tags } of assets) for (const name of tags) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts]
    .map(([name, count]) => ({ name, count }))
    .sort((a, b) => b.count - a.count || a.name.localeCompare(b.name, 'en'));
}

/** Tags to offer while one is typed: those that begin with it first, without those that are there already. */
export function offeredTags(known: readonly string[], typed: string, taken: readonly string[], most = 6): string[] {
  const text = typed.trim().toLowerCase();
  const free = known.filter((name) => !taken.some((one) => one.toLowerCase() === name.toLowerCase()));
  const starts = free.filter((name) => name.toLowerCase().startsWith(text));
  const holds = free.filter((name) => !starts.includes(name) && name.toLowerCase().includes(text));
  return [...starts, ...holds].slice(0, most);
}
