/** Name of the metadata entry that ties an object to its upload session, without `x-amz-meta-`. */
export const uploadIdEntry = 'strata-upload';

/**
 * The metadata that is signed into an upload, all of it: the session's id, and the file's own time in seconds as rclone writes it.
 * Verification wants exactly these entries back.
 */
export function signedMetadata(upload: { id: string; fileModifiedAt: Date | null }): Record<string, string> {
  return {
    [uploadIdEntry]: upload.id,
    ...(upload.fileModifiedAt ? { mtime: (upload.fileModifiedAt.getTime() / 1000).toFixed(3) } : {}),
  };
}
