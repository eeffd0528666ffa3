/** Pictures that the decoder opens by itself. */
export const openedTypes: ReadonlySet<string> = new Set([
  'image/jpeg',
  'image/png',
  'image/apng',
  'image/gif',
  'image/webp',
  'image/avif',
  'image/tiff',
]);

/** First bytes of the types that most files are, as latin-1 (file signatures in RFC 2083, GIF89a, JFIF, and WebP's container). */
const beginnings = [/^\xff\xd8\xff/, /^\x89PNG\r\n/, /^GIF8[79]a/, /^RIFF....WEBP/s];

/** Whether a file is worth reading whole at once: what it is, the decoder says. */
export const beginsLikePicture = (head: Buffer): boolean => {
  const text = head.toString('latin1', 0, 16);
  return beginnings.some((one) => one.test(text));
};
