import { compareKeys } from '#lib/storage/key-order.ts';

/** A part of the key space, (after, upTo], and how far into it a run is. `marks` cut it into pieces of about the same weight. */
export type ShardPlace = {
  after: string;
  upTo: string | null;
  checkpoint: string | null;
  done: boolean;
  marks?: string[];
};

/** Seconds and share below which a guess would jump about. */
const least = { seconds: 3, progress: 0.02 };

/**
 * How far a run is, from 0 to 1, and how long it will take. Shards are of about the same weight, and inside one the place of its checkpoint
 * between its bounds stands for the share: nobody knows how many keys a bucket has before they were listed.
 * @param elapsed seconds since the run began
 */
export function planProgress(shards: ShardPlace[], elapsed: number): { progress: number; secondsLeft: number | null } {
  const pieces = shards.flatMap(toPieces);
  if (pieces.length === 0) return { progress: 0, secondsLeft: null };
  const sum = pieces.reduce((total, piece) => total + shareOf(piece), 0);
  const progress = Math.min(1, sum / pieces.length);
  const tooEarly = elapsed < least.seconds || progress < least.progress;
  return { progress, secondsLeft: tooEarly ? null : Math.round((elapsed / progress) * (1 - progress)) };
}

function toPieces({ marks = [], ...shard }: ShardPlace): ShardPlace[] {
  return [...marks, shard.upTo].map((upTo, at) => {
    const after = marks[at - 1] ?? shard.after;
    const isBehind = (path: string | null) =>
      path !== null && shard.checkpoint !== null && compareKeys(shard.checkpoint, path) >= 0;
    // The part itself is whole only when it is done; so is its last piece.
    const done = shard.done || (at < marks.length && isBehind(upTo));
    return { after, upTo, done, checkpoint: isBehind(after) ? shard.checkpoint : null };
  });
}

function shareOf({ after, upTo, checkpoint, done }: ShardPlace): number {
  if (done) return 1;
  if (checkpoint === null) return 0;
  // Without an end the highest ASCII character stands for it: most names are ASCII.
  const end = upTo ?? `${after.slice(0, 1)}\u007f`;
  let common = 0;
  while (common < end.length && after[common] === end[common]) common += 1;
  const at = (path: string) => numberOf(path.slice(common));
  const width = at(end) - at(after);
  // A shard is never whole before it is done.
  return width <= 0 ? 0 : Math.min(0.99, Math.max(0, (at(checkpoint) - at(after)) / width));
}

/** The first characters as digits of a number in base 128; others count as the highest. */
function numberOf(text: string): number {
  let value = 0;
  for (let digit = 0; digit < 6; digit += 1) {
    value = value * 128 + Math.min(127, digit < text.length ? text.charCodeAt(digit) : 0);
  }
  return value;
}

/**
 * Whether everything at and below a folder was compared: then its counts and entries are whole.
 * @param folder "" or ending in "/"
 */
export function isCovered(shards: ShardPlace[], folder: string): boolean {
  // "0" follows "/": every path below "a/" lies before "a0".
  const end = folder === '' ? null : `${folder.slice(0, -1)}0`;
  return shards.every((shard) => {
    if (shard.done) return true;
    const from = shard.checkpoint ?? shard.after;
    const beyondFolder = end !== null && compareKeys(from, end) >= 0;
    const beforeFolder = shard.upTo !== null && compareKeys(shard.upTo, folder) < 0;
    return beyondFolder || beforeFolder;
  });
}
