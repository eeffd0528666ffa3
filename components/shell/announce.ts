export interface Announcement {
  text: string;
  urgent: boolean;
}

/** At most one polite announcement in this time, in milliseconds; the newest one wins. */
export const ANNOUNCE_GAP_MS = 2_000;

const listeners = new Set<(next: Announcement) => void>();

/** Says a sentence to screen readers: results, selection counts, transfers. `urgent` interrupts; keep it for errors. */
export function announce(text: string, { urgent = false }: { urgent?: boolean } = {}): void {
  for (const listener of listeners) listener({ text, urgent });
}

export function listenToAnnouncements(listener: (next: Announcement) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
