/**
 * ffmpeg's name of the one reader that may open a file of this type. ffmpeg would guess by itself, and some of what it guesses opens
 * other files and addresses (playlists, concat lists), so a type that is not here is not opened.
 */
const demuxers: Record<string, string> = {
  'video/mp4': 'mov',
  'video/quicktime': 'mov',
  'video/3gpp': 'mov',
  'video/3gpp2': 'mov',
  'audio/mp4': 'mov',
  'video/webm': 'matroska',
  'audio/webm': 'matroska',
  'video/matroska': 'matroska',
  'video/vnd.avi': 'avi',
  'video/mpeg': 'mpeg',
  'video/MP1S': 'mpeg',
  'video/MP2P': 'mpeg',
  'video/mp2t': 'mpegts',
  'video/x-flv': 'flv',
  'video/x-ms-asf': 'asf',
  'audio/x-ms-asf': 'asf',
  'application/vnd.ms-asf': 'asf',
  'video/ogg': 'ogg',
  'audio/ogg': 'ogg',
  'application/ogg': 'ogg',
  'application/mxf': 'mxf',
  'audio/mpeg': 'mp3',
  'audio/aac': 'aac',
  'audio/flac': 'flac',
  'audio/wav': 'wav',
  'audio/aiff': 'aiff',
  // Pictures that the decoder does not open.
  'image/bmp': 'bmp_pipe',
  'image/jp2': 'j2k_pipe',
  'image/vnd.adobe.photoshop': 'psd_pipe',
  'image/vnd.microsoft.icon': 'ico',
};

export const demuxerOf = (contentType: string): string | null =>
  Object.hasOwn(demuxers, contentType) ? (demuxers[contentType] as string) : null;
