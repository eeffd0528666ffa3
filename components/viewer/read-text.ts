import { contentUrl } from '#components/browse/content-url.ts';
import { mostTextBytes, type Shown } from './plan-stage.ts';

/**
 * The beginning of a text, straight from the store; it is only ever put on the page as text.
 * @throws Error when the store does not give it
 */
export async function readText(shown: Pick<Shown, 'id' | 'versionId' | 'size'>, signal: AbortSignal): Promise<string> {
  const long = shown.size > mostTextBytes;
  const answer = await fetch(contentUrl(shown, 'attachment'), {
    signal,
    ...(long ? { headers: { range: `bytes=0-${mostTextBytes - 1}` } } : {}),
  });
  if (!answer.ok) throw new Error(`The store answered ${answer.status}.`);
  return decode(new Uint8Array(await answer.arrayBuffer()).subarray(0, mostTextBytes));
}

/** UTF-8, or UTF-16 with its mark; else the old Western code, in which every byte is a character. */
function decode(bytes: Uint8Array): string {
  const mark =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
  try {
    // The cut may go through a character at the end.
    return new TextDecoder(mark, { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
