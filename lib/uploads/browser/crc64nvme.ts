import { createCRC64, type IHasher } from 'hash-wasm';

/** The reversed polynomial of CRC64NVME, as hash-wasm takes it; check value of "123456789": ae8b14860a799888 (performance.md section 1). */
const polynomial = '9a6c9329ac4bc9b5';
/** A Blob larger than this is read in steps, so that memory stays bounded. 16 MiB. */
const stepBytes = 16 * 1024 * 1024;

let hasher: Promise<IHasher> | null = null;
let last: Promise<unknown> = Promise.resolve();

/** CRC64NVME in base64, big-endian, as S3 writes it in `x-amz-checksum-crc64nvme`. */
export async function crc64nvmeOf(bytes: Uint8Array | ArrayBuffer | Blob): Promise<string> {
  hasher ??= createCRC64(polynomial);
  const crc = await hasher;
  if (!(bytes instanceof Blob)) {
    // One synchronous stretch: nobody else can use the shared state in between.
    crc.init();
    crc.update(bytes instanceof ArrayBuffer ? new Uint8Array(bytes) : bytes);
    return toBase64(crc.digest('binary'));
  }
  // Steps of two Blobs must not mix in the one hasher: they queue.
  const turn = last.then(() => hashInSteps(crc, bytes));
  last = turn.catch(() => undefined);
  return turn;
}

async function hashInSteps(crc: IHasher, blob: Blob): Promise<string> {
  crc.init();
  let state = crc.save();
  for (let at = 0; at < blob.size; at += stepBytes) {
    const bytes = new Uint8Array(await blob.slice(at, at + stepBytes).arrayBuffer());
    crc.load(state);
    crc.update(bytes);
    state = crc.save();
  }
  crc.load(state);
  return toBase64(crc.digest('binary'));
}

function toBase64(digest: Uint8Array): string {
  return btoa(String.fromCharCode(...digest));
}
