import { thumbHashToDataURL } from 'thumbhash';

/** Pictures of some pixels, 3 kB each as text. */
const mostKept = 2_000;
const kept = new Map<string, string>();

/** The blurred picture that a thumbhash stands for, as an address; null when it is damaged. */
export function thumbhashUrl(thumbhash: string): string | null {
  const found = kept.get(thumbhash);
  if (found !== undefined) return found;
  const bytes = Uint8Array.from(atob(thumbhash), (letter) => letter.charCodeAt(0));
  // A hash is 5 bytes at least, and its header says how many follow (thumbhash README).
  if (bytes.length < 5) return null;
  if (kept.size >= mostKept) kept.delete(kept.keys().next().value as string);
  const url = thumbHashToDataURL(bytes);
  kept.set(thumbhash, url);
  return url;
}
