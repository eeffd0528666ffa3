export type FeedFacts = {
  source: 'webhook' | 'queue' | null;
  connected: boolean;
  /** When an event last came, or the queue last answered. */
  aliveAt: Date | null;
  lastEventAt: Date | null;
  lastDelayMs: number | null;
  /** Since when the oldest look that is due has waited; null when none waits. */
  waitingSince: Date | null;
  waiting: number;
};

/** A queue is asked every 20 s; one that has not answered for longer follows nothing. Milliseconds. */
const queueSilentMs = 2 * 60 * 1000;
/** A webhook of which the bucket's configuration says nothing is believed for this long after its last event. Milliseconds. */
const webhookSilentMs = 24 * 60 * 60 * 1000;
/** The delay of an event says how far behind the index is for this long. Milliseconds. */
const delayCountsMs = 60 * 1000;

/**
 * Whether events keep the index up to date, and how many seconds it is behind the store: the longest that a due look has waited, or what
 * the last event took when that was within a minute. Null when nothing follows the bucket.
 */
export function planFeed(facts: FeedFacts | null, now: Date): { followed: boolean; lagSeconds: number | null } {
  if (!facts || !isFollowed(facts, now)) return { followed: false, lagSeconds: null };
  const since = (time: Date | null) => (time ? now.getTime() - time.getTime() : null);
  const eventAge = since(facts.lastEventAt);
  const recent = eventAge !== null && eventAge < delayCountsMs ? (facts.lastDelayMs ?? 0) : 0;
  const lagMs = Math.max(0, recent, since(facts.waitingSince) ?? 0);
  return { followed: true, lagSeconds: Math.round(lagMs / 1000) };
}

function isFollowed(facts: FeedFacts, now: Date): boolean {
  const silentMs = facts.aliveAt ? now.getTime() - facts.aliveAt.getTime() : Number.POSITIVE_INFINITY;
  if (facts.source === 'queue') return silentMs < queueSilentMs;
  return facts.source === 'webhook' && (facts.connected || silentMs < webhookSilentMs);
}
