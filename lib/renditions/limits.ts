/**
 * What one file may cost. Files come from anybody who may upload, so a bomb, a damaged file or a crafted one must end its own job
 * only (s3-facts 8.5).
 */

/** The largest cameras of today make 102 million pixels; four times that would be a gigabyte in memory. */
export const mostPixels = 120_000_000;
/** Bytes of a picture or document that are read. */
export const mostPictureBytes = 256 * 1024 * 1024;
/** Bytes of a drawing (SVG) that are read: it is text, and held in memory as a tree of many times its size. */
export const mostDrawingBytes = 8 * 1024 * 1024;
/** Up to here a film is read whole; of a larger one this much from each end, where containers keep their tables. */
export const mostFilmBytes = 64 * 1024 * 1024;
export const filmEndBytes = 24 * 1024 * 1024;
/** Bytes that are looked at to tell what a file is. file-type reads 4 KiB of most, and more of archives. */
export const sniffBytes = 64 * 1024;

/** Seconds for one request to the decoder; a 100 MP PNG takes about 3 on a slow core. */
export const decodeSeconds = 30;
/**
 * Seconds for one drawing (SVG), which cannot be stopped from within: a filter over filters takes any time. A map of 7 MB and half a
 * million lines takes 2 of a processor.
 */
export const drawingSeconds = 15;
/** Seconds of CPU, and by the clock, for one run of a program. */
export const toolCpuSeconds = 30;
export const toolSeconds = 60;
/** Address space of one program, KiB: ffmpeg decodes 8K with half of it. */
export const toolMemoryKib = 2 * 1024 * 1024;
/** Largest file that a program may write, bytes: one picture. */
export const toolOutputBytes = 64 * 1024 * 1024;
