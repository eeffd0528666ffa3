/** What a ZIP says of one file, or of an empty folder, whose name ends in "/". */
export type ZipItem = { name: string; size: number; modifiedAt: Date };
/** The same with what is known once it was written. */
export type ZipEntry = ZipItem & { crc: number; offset: number };

/** From here on 4 bytes do not hold a number, and from here on 2 do not hold a count (APPNOTE 4.4.8, 4.4.22): then ZIP64. */
const long = 0xffffffff;
const many = 0xffff;
/** Bit 3: the checksum follows the bytes, since they are on their way while this is written. Bit 11: names are UTF-8. */
const flags = 0x0808;
const plainVersion = 20;
const longVersion = 45;
/** Made by Unix, whose rights stand in the upper half of the attributes: a file that all may read, a folder that all may enter. */
const madeBy = (3 << 8) | longVersion;
const fileAttributes = (0o100644 << 16) >>> 0;
const folderAttributes = ((0o40755 << 16) | 0x10) >>> 0;

/** Before the bytes of a file. STORE: nothing is compressed, photos and films are already. APPNOTE 4.3.7. */
export function localHeader({ name, size, modifiedAt }: ZipItem): Uint8Array<ArrayBuffer> {
  const isLong = size >= long;
  const label = new TextEncoder().encode(name);
  const to = writer(30 + label.length + (isLong ? 20 : 0));
  to.u32(0x04034b50)
    .u16(isLong ? longVersion : plainVersion)
    .u16(flags)
    .u16(0)
    .u32(dosTime(modifiedAt));
  to.u32(0)
    .u32(isLong ? long : 0)
    .u32(isLong ? long : 0)
    .u16(label.length)
    .u16(isLong ? 20 : 0)
    .bytes(label);
  // With sizes of 8 bytes here, those behind the bytes have 8 too.
  if (isLong) to.u16(1).u16(16).u64(0).u64(0);
  return to.done();
}

/** Behind the bytes of a file. APPNOTE 4.3.9. */
export function dataDescriptor({ size }: ZipItem, crc: number): Uint8Array<ArrayBuffer> {
  const isLong = size >= long;
  const to = writer(isLong ? 24 : 16);
  to.u32(0x08074b50).u32(crc);
  if (isLong) to.u64(size).u64(size);
  else to.u32(size).u32(size);
  return to.done();
}

/** One file in the directory at the end, which is what unpackers read. APPNOTE 4.3.12. */
export function directoryEntry({ name, size, modifiedAt, crc, offset }: ZipEntry): Uint8Array<ArrayBuffer> {
  const label = new TextEncoder().encode(name);
  const wide = longFields(size, offset);
  const extra = wide.length > 0 ? 4 + wide.length * 8 : 0;
  const to = writer(46 + label.length + extra);
  to.u32(0x02014b50)
    .u16(madeBy)
    .u16(wide.length > 0 ? longVersion : plainVersion)
    .u16(flags)
    .u16(0);
  to.u32(dosTime(modifiedAt)).u32(crc).u32(Math.min(size, long)).u32(Math.min(size, long));
  to.u16(label.length).u16(extra).u16(0).u16(0).u16(0);
  to.u32(name.endsWith('/') ? folderAttributes : fileAttributes)
    .u32(Math.min(offset, long))
    .bytes(label);
  if (wide.length > 0) to.u16(1).u16(wide.length * 8);
  for (const value of wide) to.u64(value);
  return to.done();
}

/** The end: where the directory stands and how much is in it. APPNOTE 4.3.14 to 4.3.16. */
export function endOfZip(count: number, at: number, length: number): Uint8Array<ArrayBuffer> {
  const isLong = needsLongEnd(count, at, length);
  const to = writer(isLong ? 98 : 22);
  if (isLong) {
    to.u32(0x06064b50).u64(44).u16(madeBy).u16(longVersion).u32(0).u32(0);
    to.u64(count).u64(count).u64(length).u64(at);
    to.u32(0x07064b50)
      .u32(0)
      .u64(at + length)
      .u32(1);
  }
  to.u32(0x06054b50).u16(0).u16(0).u16(Math.min(count, many)).u16(Math.min(count, many));
  to.u32(Math.min(length, long)).u32(Math.min(at, long)).u16(0);
  return to.done();
}

/** Bytes of a finished ZIP, known before one of them is read. */
export function zipLength(items: readonly Pick<ZipItem, 'name' | 'size'>[]): number {
  const letters = new TextEncoder();
  let at = 0;
  let directory = 0;
  for (const { name, size } of items) {
    const label = letters.encode(name).length;
    const wide = longFields(size, at).length;
    directory += 46 + label + (wide > 0 ? 4 + wide * 8 : 0);
    at += 30 + label + size + (size >= long ? 20 + 24 : 16);
  }
  return at + directory + (needsLongEnd(items.length, at, directory) ? 98 : 22);
}

const needsLongEnd = (count: number, at: number, length: number) => count >= many || at >= long || length >= long;

/** What has no room in the plain fields of the directory, in the order of APPNOTE 4.5.3. */
function longFields(size: number, offset: number): number[] {
  return [...(size >= long ? [size, size] : []), ...(offset >= long ? [offset] : [])];
}

/** Date and time of this computer's zone, to two seconds, from 1980 on: the format has no other. APPNOTE 4.4.6. */
function dosTime(at: Date): number {
  const year = Math.min(127, Math.max(0, at.getFullYear() - 1980));
  const date = (year << 9) | ((at.getMonth() + 1) << 5) | at.getDate();
  const time = (at.getHours() << 11) | (at.getMinutes() << 5) | (at.getSeconds() >> 1);
  return ((date << 16) | time) >>> 0;
}

/** Little-endian numbers, one after the other. */
function writer(length: number) {
  const bytes = new Uint8Array(length);
  const view = new DataView(bytes.buffer);
  let at = 0;
  const step = (by: number) => {
    at += by;
    return to;
  };
  const to = {
    u16: (value: number) => {
      view.setUint16(at, value, true);
      return step(2);
    },
    u32: (value: number) => {
      view.setUint32(at, value, true);
      return step(4);
    },
    u64: (value: number) => {
      view.setBigUint64(at, BigInt(value), true);
      return step(8);
    },
    bytes: (value: Uint8Array) => {
      bytes.set(value, at);
      return step(value.length);
    },
    done: () => bytes,
  };
  return to;
}
