/** Bytes of one step. One byte a step, as most do it in JavaScript, takes seven times as long (measured in V8). */
const stepBytes = 16;
/** CRC-32 of every byte with 0 to 15 zero bytes behind it ("slicing", Kounavis and Berry 2008). */
const tables = makeTables();

/**
 * CRC-32 as ZIP has it (APPNOTE 4.4.7; polynomial 0xEDB88320).
 * @param before of the bytes that came before
 */
export function crc32(bytes: Uint8Array, before = 0): number {
  let crc = ~before;
  // Words are read where memory has them.
  const first = Math.min(bytes.byteLength, -bytes.byteOffset & 3);
  for (let at = 0; at < first; at++) crc = oneByte(crc, bytes[at] as number);
  const words = ((bytes.byteLength - first) >> 4) * 4;
  if (words > 0) crc = manyWords(new Int32Array(bytes.buffer, bytes.byteOffset + first, words), crc);
  for (let at = first + words * 4; at < bytes.byteLength; at++) crc = oneByte(crc, bytes[at] as number);
  return ~crc >>> 0;
}

function oneByte(crc: number, byte: number): number {
  return (crc >>> 8) ^ (tables[(crc ^ byte) & 255] as number);
}

/** Four words a turn; every byte of them looks up its table. Words are little-endian, as on every machine with a browser. */
function manyWords(words: Int32Array, start: number): number {
  const t = tables as unknown as number[];
  let crc = start;
  for (let at = 0; at < words.length; at += 4) {
    const a = (words[at] as number) ^ crc;
    const b = words[at + 1] as number;
    const c = words[at + 2] as number;
    const d = words[at + 3] as number;
    crc =
      (t[3840 + (a & 255)] as number) ^
      (t[3584 + ((a >>> 8) & 255)] as number) ^
      (t[3328 + ((a >>> 16) & 255)] as number) ^
      (t[3072 + (a >>> 24)] as number) ^
      (t[2816 + (b & 255)] as number) ^
      (t[2560 + ((b >>> 8) & 255)] as number) ^
      (t[2304 + ((b >>> 16) & 255)] as number) ^
      (t[2048 + (b >>> 24)] as number) ^
      (t[1792 + (c & 255)] as number) ^
      (t[1536 + ((c >>> 8) & 255)] as number) ^
      (t[1280 + ((c >>> 16) & 255)] as number) ^
      (t[1024 + (c >>> 24)] as number) ^
      (t[768 + (d & 255)] as number) ^
      (t[512 + ((d >>> 8) & 255)] as number) ^
      (t[256 + ((d >>> 16) & 255)] as number) ^
      (t[d >>> 24] as number);
  }
  return crc;
}

function makeTables(): Int32Array {
  const made = new Int32Array(stepBytes * 256);
  for (let byte = 0; byte < 256; byte++) {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
    made[byte] = crc;
  }
  for (let at = 256; at < made.length; at++) {
    const shorter = made[at - 256] as number;
    made[at] = (shorter >>> 8) ^ (made[shorter & 255] as number);
  }
  return made;
}
