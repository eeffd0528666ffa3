import { lastName } from './item-names.ts';
import type { Batch, UploadItem } from './types.ts';

let nextId = 1;

/** A file that is to be uploaded, with nothing done yet. Ids grow, and are the order of sending. */
export function makeItem(batch: Batch, file: File, library: string, path: string): UploadItem {
  return {
    id: nextId++,
    batch,
    library,
    file,
    name: lastName(path),
    path,
    size: file.size,
    contentType: file.type.slice(0, 255) || 'application/octet-stream',
    lastModified: file.lastModified,
    state: 'waiting',
    crc64nvme: null,
    bytes: null,
    session: null,
    sent: 0,
    parts: null,
    failure: null,
    clash: null,
    decision: null,
    offer: null,
    startedAt: null,
    sentAtStart: 0,
    asset: null,
  };
}
