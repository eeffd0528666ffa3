/**
 * The seam between what people see (path) and what the bucket holds (key): a pure bijection with an inverse.
 * Today there is one layout, `plain`: key = root prefix + path. Features go through here, so that a layout which spreads
 * keys by hash can come without touching them.
 */
export type LayoutOf = { rootPrefix: string };

export function toKey(library: LayoutOf, path: string): string {
  return library.rootPrefix + path;
}

/** The path of a key, or null when the key lies outside the library. */
export function toPath(library: LayoutOf, key: string): string | null {
  return key.startsWith(library.rootPrefix) ? key.slice(library.rootPrefix.length) : null;
}
