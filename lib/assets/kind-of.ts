import type { AssetKind } from './schema.ts';

/**
 * Content type by file extension, lower-case without the dot. Registered types (IANA media types registry) where there is one,
 * else what browsers and cameras use. A guess until a version was inspected; never trusted for showing bytes inline.
 */
const typeByExtension: Record<string, string> = {
  // pictures
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  jpe: 'image/jpeg',
  jfif: 'image/jpeg',
  png: 'image/png',
  apng: 'image/apng',
  gif: 'image/gif',
  webp: 'image/webp',
  avif: 'image/avif',
  heic: 'image/heic',
  heif: 'image/heif',
  jxl: 'image/jxl',
  jp2: 'image/jp2',
  tif: 'image/tiff',
  tiff: 'image/tiff',
  bmp: 'image/bmp',
  ico: 'image/vnd.microsoft.icon',
  svg: 'image/svg+xml',
  psd: 'image/vnd.adobe.photoshop',
  dng: 'image/x-adobe-dng',
  cr2: 'image/x-canon-cr2',
  cr3: 'image/x-canon-cr3',
  nef: 'image/x-nikon-nef',
  arw: 'image/x-sony-arw',
  raf: 'image/x-fuji-raf',
  orf: 'image/x-olympus-orf',
  rw2: 'image/x-panasonic-rw2',
  exr: 'image/aces',
  hdr: 'image/vnd.radiance',
  tga: 'image/x-tga',
  // moving pictures; `.ts` is TypeScript far more often than MPEG-TS in what people upload, and both are read by inspection
  mp4: 'video/mp4',
  m4v: 'video/mp4',
  mov: 'video/quicktime',
  qt: 'video/quicktime',
  webm: 'video/webm',
  mkv: 'video/matroska',
  avi: 'video/vnd.avi',
  wmv: 'video/x-ms-wmv',
  flv: 'video/x-flv',
  mpg: 'video/mpeg',
  mpeg: 'video/mpeg',
  mts: 'video/mp2t',
  m2ts: 'video/mp2t',
  ogv: 'video/ogg',
  '3gp': 'video/3gpp',
  mxf: 'application/mxf',
  // sound
  mp3: 'audio/mpeg',
  m4a: 'audio/mp4',
  m4b: 'audio/mp4',
  aac: 'audio/aac',
  wav: 'audio/wav',
  flac: 'audio/flac',
  ogg: 'audio/ogg',
  oga: 'audio/ogg',
  opus: 'audio/ogg',
  weba: 'audio/webm',
  aif: 'audio/aiff',
  aiff: 'audio/aiff',
  mid: 'audio/midi',
  midi: 'audio/midi',
  wma: 'audio/x-ms-wma',
  // documents
  pdf: 'application/pdf',
  doc: 'application/msword',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xls: 'application/vnd.ms-excel',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  ppt: 'application/vnd.ms-powerpoint',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  odt: 'application/vnd.oasis.opendocument.text',
  ods: 'application/vnd.oasis.opendocument.spreadsheet',
  odp: 'application/vnd.oasis.opendocument.presentation',
  rtf: 'application/rtf',
  epub: 'application/epub+zip',
  pages: 'application/vnd.apple.pages',
  numbers: 'application/vnd.apple.numbers',
  key: 'application/vnd.apple.keynote',
  ai: 'application/postscript',
  eps: 'application/postscript',
  ps: 'application/postscript',
  indd: 'application/x-indesign',
  // text
  txt: 'text/plain',
  log: 'text/plain',
  md: 'text/markdown',
  markdown: 'text/markdown',
  csv: 'text/csv',
  tsv: 'text/tab-separated-values',
  json: 'application/json',
  xml: 'application/xml',
  xmp: 'application/rdf+xml',
  yaml: 'application/yaml',
  yml: 'application/yaml',
  toml: 'application/toml',
  html: 'text/html',
  htm: 'text/html',
  css: 'text/css',
  js: 'text/javascript',
  mjs: 'text/javascript',
  ts: 'text/plain',
  srt: 'application/x-subrip',
  vtt: 'text/vtt',
  ics: 'text/calendar',
  // archives
  zip: 'application/zip',
  '7z': 'application/x-7z-compressed',
  rar: 'application/vnd.rar',
  tar: 'application/x-tar',
  gz: 'application/gzip',
  tgz: 'application/gzip',
  bz2: 'application/x-bzip2',
  xz: 'application/x-xz',
  zst: 'application/zstd',
  dmg: 'application/x-apple-diskimage',
  iso: 'application/x-iso9660-image',
};

const kindByType: Record<string, AssetKind> = {
  'application/mxf': 'video',
  'application/ogg': 'audio',
  'application/pdf': 'document',
  'application/msword': 'document',
  'application/rtf': 'document',
  'text/rtf': 'document',
  'application/epub+zip': 'document',
  'application/postscript': 'document',
  'application/x-indesign': 'document',
  'application/json': 'text',
  'application/xml': 'text',
  'application/yaml': 'text',
  'application/toml': 'text',
  'application/javascript': 'text',
  'application/x-subrip': 'text',
  'application/zip': 'archive',
  'application/x-zip-compressed': 'archive',
  'application/x-7z-compressed': 'archive',
  'application/vnd.rar': 'archive',
  'application/x-rar-compressed': 'archive',
  'application/x-tar': 'archive',
  'application/gzip': 'archive',
  'application/x-gzip': 'archive',
  'application/x-bzip2': 'archive',
  'application/x-xz': 'archive',
  'application/zstd': 'archive',
  'application/x-apple-diskimage': 'archive',
  'application/x-iso9660-image': 'archive',
};

/** The content type that a file name suggests; `application/octet-stream` when it suggests none. */
export function contentTypeOf(name: string): string {
  return findTypeByName(name) ?? 'application/octet-stream';
}

/**
 * The kind of an asset until it is inspected. A known extension wins: browsers, scripts and other S3 tools often send
 * `application/octet-stream` or `binary/octet-stream` (S3's default), and some systems call `.key` or `.ts` what they are not.
 */
export function kindOf(name: string, contentType?: string | null): AssetKind {
  const byName = findTypeByName(name);
  return kindOfType(byName) ?? kindOfType(contentType) ?? 'other';
}

function findTypeByName(name: string): string | null {
  const base = name.slice(name.lastIndexOf('/') + 1);
  const dot = base.lastIndexOf('.');
  // A leading dot is a hidden file's, not an extension.
  if (dot <= 0) return null;
  const extension = base.slice(dot + 1).toLowerCase();
  return Object.hasOwn(typeByExtension, extension) ? (typeByExtension[extension] as string) : null;
}

/** The kind that a content type says; null when it says none. */
export function kindOfType(contentType: string | null | undefined): AssetKind | null {
  const type = contentType?.split(';')[0]?.trim().toLowerCase();
  if (!type) return null;
  if (Object.hasOwn(kindByType, type)) return kindByType[type] as AssetKind;
  if (type.startsWith('image/')) return 'image';
  if (type.startsWith('video/')) return 'video';
  if (type.startsWith('audio/')) return 'audio';
  if (type.startsWith('text/') || type.endsWith('+json') || type.endsWith('+xml')) return 'text';
  if (/^application\/vnd\.(openxmlformats-officedocument|oasis\.opendocument|ms-|apple\.)/.test(type))
    return 'document';
  return null;
}
