import { formatDate, type Instant } from '#components/ui/format-time.ts';
import type { FateView } from '#lib/versions/schema.ts';

/**
 * What lifecycle will do to a version or to a file in the trash, in the words that are used for it everywhere: "Kept until 12 Dec, by the
 * rule Old versions", "Nothing removes it". Dates are in the zone of the reader.
 * @param withRule also by which rule; its name where it has one
 */
export function fateSentence(goes: FateView, { withRule = true, now = Date.now() as Instant } = {}): string {
  const by = (rule: string | null) => (withRule && rule ? `, by the rule ${rule}` : '');
  const kept = goes.at === null ? null : `kept until ${formatDate(goes.at, now)}${by(goes.rule)}`;
  if (goes.trash) {
    const trash = `Moves to trash ${formatDate(goes.trash.at, now)}${by(goes.trash.rule)}`;
    return kept === null ? `${trash}; nothing removes it there` : `${trash}; ${kept}`;
  }
  return kept === null ? 'Nothing removes it' : `K${kept.slice(1)}`;
}

/** The short form beside a version: "Goes 12 Dec"; null where nothing removes it or nobody knows. */
export function fateBadge(goes: FateView | null, now: Instant = Date.now()): string | null {
  if (goes?.trash) return `To trash ${nearDate(goes.trash.at, now)}`;
  return goes?.at ? `Goes ${nearDate(goes.at, now)}` : null;
}

/** Days in which a date needs no year: the next 25 February is one only. */
const near = 300;

function nearDate(at: string, now: Instant): string {
  const date = formatDate(at, now);
  const days = (Date.parse(at) - new Date(now).getTime()) / 86_400_000;
  return days > 0 && days < near ? date.replace(/ \d{4}$/, '') : date;
}
