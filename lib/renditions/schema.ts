import * as z from 'zod';
import { byteCount, isoTime } from '#lib/libraries/schema.ts';

/** What inspection found besides what listings and search read. All of it comes from the file and may be wrong or hostile: text only. */
export const mediaDetails = z.object({
  lens: z.string().optional(),
  /** "1/250 s" */
  exposure: z.string().optional(),
  /** "f/2.8" */
  aperture: z.string().optional(),
  iso: z.number().optional(),
  /** "35 mm" */
  focalLength: z.string().optional(),
  flash: z.string().optional(),
  software: z.string().optional(),
  artist: z.string().optional(),
  copyright: z.string().optional(),
  description: z.string().optional(),
  /** Metres above the sea. */
  altitude: z.number().optional(),
  /** Pages of a document, frames of an animation. */
  pages: z.number().int().optional(),
  videoCodec: z.string().optional(),
  audioCodec: z.string().optional(),
  /** Pictures a second. */
  frameRate: z.number().optional(),
  /** Title and artist of a song. */
  title: z.string().optional(),
  album: z.string().optional(),
});
export type MediaDetails = z.infer<typeof mediaDetails>;

/** What looking into all files of a library takes at most that nobody looked into. Money as in the price sheet. */
export const preparation = z.object({
  files: z.number().int(),
  /** Left out: in an archive class. */
  archived: z.number().int(),
  bytes: byteCount,
  /** Reads, and writes of pictures. */
  requests: z.number().int(),
  /** For requests, and for reading from classes that charge by the gigabyte. */
  cost: z.number(),
  /** On top, where the worker runs outside the store's region. */
  traffic: z.number(),
  /** From a sample, as for a large library: counts are rounded to two digits, and some files may be left where they say none. */
  estimated: z.boolean(),
});
export type Preparation = z.infer<typeof preparation>;

/** What is known of the bytes of a version, for people. Null while nobody looked yet. */
export const mediaView = z.object({
  /** By the bytes. */
  contentType: z.string(),
  /** The name suggests another type than the bytes have: its ending, else null. */
  wrongEnding: z.string().nullable(),
  takenAt: isoTime.nullable(),
  camera: z.string().nullable(),
  latitude: z.number().nullable(),
  longitude: z.number().nullable(),
  /** Why there is no picture, or what is wrong with the file. */
  problem: z.string().nullable(),
  hasPreview: z.boolean(),
  details: mediaDetails,
  inspectedAt: isoTime,
});
export type MediaView = z.infer<typeof mediaView>;
