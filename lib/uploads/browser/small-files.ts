/**
 * A file up to this size is read once: the bytes that were hashed are the bytes that are sent. Larger ones are hashed and then sent from
 * disk, so that nothing piles up in memory. 256 KiB; at most 200 files are in hand, so 50 MiB.
 */
export const keptBytes = 256 * 1024;
