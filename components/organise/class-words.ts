import { formatBytes, formatMoney, formatPlural } from '#components/ui/format.ts';
import type { ClassChangeOffer } from '#lib/cost/schema.ts';

export type ClassOption = { storageClass: string; hint?: string; disabledReason?: string };

/** A row a class: what it costs, or why not. Reduced Redundancy is no class of rules, and shown only where it is taken. */
export function classOptions(offers: readonly ClassChangeOffer[]): ClassOption[] {
  return offers
    .filter(({ storageClass, refusal }) => storageClass !== 'REDUCED_REDUNDANCY' || refusal === null)
    .map((offer) => {
      const { storageClass, refusal, byRule, count } = offer;
      if (refusal !== null) {
        const instead = byRule ? '. A lifecycle rule can move files here' : '';
        return { storageClass, disabledReason: `Refused by this store${instead}` };
      }
      if (count === 0) return { storageClass, disabledReason: 'All of it lies here already' };
      return { storageClass, hint: hintOf(offer) };
    });
}

/** What the store said of the classes that it refuses, each sentence once. */
export function refusalsOf(offers: readonly ClassChangeOffer[]): string[] {
  return [...new Set(offers.flatMap(({ refusal }) => refusal ?? []))];
}

function hintOf({ copying, reading, perMonth, minimumDays, padded }: ClassChangeOffer): string {
  const facts = [`${formatMoney(perMonth)} a month, ${formatMoney(copying + reading)} once`];
  if (minimumDays > 0) facts.push(`billed for ${minimumDays} days at least`);
  if (padded > 0)
    facts.push(`${formatPlural(padded, 'small file')} billed larger than ${padded === 1 ? 'it is' : 'they are'}`);
  return facts.join(', ');
}

/** "Copies 12 files, 340 MB: $0.06 for requests, $0.02 for reading. $1.20 a month with what is there." */
export function offerFacts({ count, bytes, copying, reading, perMonth }: ClassChangeOffer, before: number): string {
  const read = reading > 0 ? `, ${formatMoney(reading)} for reading` : '';
  return `Copies ${formatPlural(count, 'file')}, ${formatBytes(bytes)}: ${formatMoney(copying)} for requests${read}. Then ${formatMoney(before + perMonth)} a month, the versions before included.`;
}

export function sumOf(parts: readonly { count: number; bytes: number }[]): { count: number; bytes: number } {
  return parts.reduce((sum, { count, bytes }) => ({ count: sum.count + count, bytes: sum.bytes + bytes }), {
    count: 0,
    bytes: 0,
  });
}
