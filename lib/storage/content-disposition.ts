/** Attribute characters of RFC 8187: everything else is percent-encoded. */
const encode8187 = (value: string) =>
  encodeURIComponent(value).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

/** Bidirectional overrides and isolates: `gpj.exe` must not be shown as `exe.jpg` in a save dialog. */
const BIDI_CONTROLS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed
const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g;

/**
 * A Content-Disposition header with a name for old clients (`filename`, ASCII) and the true one (`filename*`, RFC 6266/8187).
 * Quotes, path separators, line breaks and direction overrides cannot leave the name; an empty name becomes `download`.
 */
export function contentDisposition(kind: 'inline' | 'attachment', fileName: string): string {
  const name =
    fileName.toWellFormed().replace(CONTROLS, ' ').replace(BIDI_CONTROLS, '').replace(/[/\\]/g, '_').trim() ||
    'download';
  const ascii = name
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[^\x20-\x7e]/gu, '_')
    .replace(/["%;]/g, '_');
  return `${kind}; filename="${ascii}"; filename*=UTF-8''${encode8187(name)}`;
}
