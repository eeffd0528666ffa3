// Numbers that server and browser share. Apart from the schemas, so that the page does not load a validator for three numbers.

/** Files up to this size go in one PUT, with their checksum known beforehand; larger ones in parts. 16 MiB (DESIGN section 5). */
export const singlePutBytes = 16 * 1024 * 1024;
/** Files in one start call and ids in one complete call. */
export const maxBatch = 100;
/** Part URLs in one call. */
export const maxPartBatch = 64;
