import { fileTypeFromBuffer } from 'file-type';
import { contentTypeOf, kindOf, kindOfType } from '#lib/assets/kind-of.ts';
import type { Sniffed } from './protocol.ts';

/** file-type's names where ours differ (kind-of.ts holds the registered ones). */
const ourNames: Record<string, string> = {
  'image/x-icon': 'image/vnd.microsoft.icon',
  'video/x-matroska': 'video/matroska',
  'video/x-m4v': 'video/mp4',
  'audio/x-m4a': 'audio/mp4',
  'audio/x-flac': 'audio/flac',
  'audio/vnd.wave': 'audio/wav',
  'audio/ogg; codecs=opus': 'audio/ogg',
  'application/x-rar-compressed': 'application/vnd.rar',
};

/** Types that are containers of others: there the name knows better which one it is. */
const containers = new Set([
  'application/zip',
  'application/xml',
  'application/x-cfb',
  'image/tiff',
  'application/gzip',
]);

/** What the first bytes say a file is. The name decides only among kinds of text and of containers, never what may be shown. */
export async function sniffType(bytes: Uint8Array, name: string): Promise<Sniffed> {
  const found = hasTextMark(bytes) ? undefined : await fileTypeFromBuffer(bytes);
  const type = found ? known(ourNames[found.mime] ?? found.mime, bytes) : tiffMark(bytes);
  const byName = contentTypeOf(name);
  if (type === null || type === 'application/xml') {
    const text = textOf(bytes);
    if (text === null) return { contentType: type ?? 'application/octet-stream', kind: type ? 'text' : 'other' };
    const contentType = textType(text, byName);
    return { contentType, kind: contentType === 'image/svg+xml' ? 'image' : 'text' };
  }
  if (containers.has(type) && byName !== type && kindOf(name) !== 'text' && sharesContainer(type, byName)) {
    return { contentType: byName, kind: kindOf(name) };
  }
  return { contentType: type, kind: kindOfType(type) ?? 'other' };
}

/** UTF-16 with its mark: file-type takes `FF FE` for a frame of MPEG sound. */
const hasTextMark = (bytes: Uint8Array) => bytes[0] === 0xff && bytes[1] === 0xfe && textOf(bytes) !== null;

/** file-type gives a TIFF up whose tables lie behind the bytes it was given, where most programs write them (TIFF 6.0, section 2). */
function tiffMark(bytes: Uint8Array): 'image/tiff' | null {
  const mark = Buffer.from(bytes.subarray(0, 4)).toString('latin1');
  return mark === 'II*\0' || mark === 'MM\0*' ? 'image/tiff' : null;
}

/** A cursor or icon that holds none is a Targa picture, whose first bytes are the same and which has no mark of its own. */
const known = (type: string, bytes: Uint8Array) =>
  type === 'image/vnd.microsoft.icon' && bytes[4] === 0 && bytes[5] === 0 ? null : type;

/** A raw picture is a TIFF, an office document a ZIP or a compound file; nothing else passes for what its name says. */
function sharesContainer(type: string, byName: string): boolean {
  if (type === 'image/tiff')
    return /^image\/x-(adobe-dng|canon-cr2|nikon-nef|sony-arw|olympus-orf|panasonic-rw2)$/.test(byName);
  if (type === 'application/zip') return /opendocument|openxmlformats|epub|apple\./.test(byName);
  if (type === 'application/x-cfb') return /msword|ms-(excel|powerpoint)/.test(byName);
  return false;
}

function textType(text: string, byName: string): string {
  const start = text
    .replace(/^\uFEFF/, '')
    .trimStart()
    .slice(0, 2_000)
    .toLowerCase();
  // Drawing programs put entities between the brackets of the doctype, and comments anywhere.
  if (
    /^(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*(<!doctype svg[^>[]*(\[[^\]]*\]\s*)?>\s*)?(<!--.*?-->\s*)*<svg[\s>]/s.test(
      start,
    )
  )
    return 'image/svg+xml';
  if (/^(<!--.*?-->\s*)*<(!doctype html|html|head|body|script)[\s>]/s.test(start)) return 'text/html';
  if (start.startsWith('<?xml')) return 'application/xml';
  if (start.startsWith('#extm3u')) return 'application/vnd.apple.mpegurl';
  const kind = kindOfType(byName);
  // A text that is called a picture is a text.
  return kind === 'text' ? byName : 'text/plain';
}

/** The bytes as text when they are UTF-8 or UTF-16 with a mark, and hold no control characters that texts do not; else null. */
function textOf(bytes: Uint8Array): string | null {
  if (bytes.length === 0) return null;
  const mark =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : null;
  try {
    // The cut may go through a character at the end.
    const text = new TextDecoder(mark ?? 'utf-8', { fatal: true }).decode(bytes, { stream: true });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    return /[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/.test(text) ? null : text;
  } catch {
    return latinText(bytes);
  }
}

/** Old texts are in an 8-bit code: mostly letters, no NUL, few control characters. */
function latinText(bytes: Uint8Array): string | null {
  const odd = bytes.reduce(
    (sum, byte) => sum + Number(byte < 9 || (byte > 13 && byte < 27) || (byte > 126 && byte < 160)),
    0,
  );
  return odd === 0 ? Buffer.from(bytes).toString('latin1') : null;
}
