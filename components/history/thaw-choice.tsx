'use client';

import { Archive } from 'lucide-react';
import { formatDurationRange, formatMoney, formatPlural } from '#components/ui/format.ts';
import { Note } from '#components/ui/note.tsx';
import { Select } from '#components/ui/select.tsx';
import { nameOfClass } from '#lib/lifecycle/storage-classes.ts';
import type { ThawTier, ThawWish } from '#lib/operations/schema.ts';
import { type ChosenKind, planRestoreCost } from '#lib/restore/plan-restore-cost.ts';
import type { RestoreRates } from '#lib/restore/schema.ts';
import { tiersFor } from '#lib/restore/thaw-offers.ts';

const tierLabels: Record<ThawTier, string> = { Expedited: 'Fast', Standard: 'Standard', Bulk: 'Slow' };
const dayChoices = ['1', '3', '7', '14', '30'] as const;

const leads = {
  ticked: (classes: string) => `The store keeps these in ${classes}. Tick what to thaw: the restore waits for it`,
  one: (classes: string) => `The store keeps it in ${classes}. The restore waits for the thaw`,
  'class-change': (classes: string, files: string) =>
    `The store keeps ${files} of them in ${classes}, to be thawed before the copy. The change waits for that`,
};

export interface ThawChoiceProps {
  /** Classes, counts and bytes of what is archived; `chosen`: what is ticked, or all of it while nothing is. */
  kind: ChosenKind;
  rates: RestoreRates;
  wish: ThawWish;
  onWish: (wish: ThawWish) => void;
  frozen: boolean;
  /** What is thawed: what is ticked, the one file, or all that are archived before their class is changed. */
  of?: 'ticked' | 'one' | 'class-change';
}

/** How fast to thaw and for how long the store keeps the readable copy, each with its price and its wait. */
export function ThawChoice({ kind, rates, wish, onWish, frozen, of = 'ticked' }: ThawChoiceProps) {
  const classes = kind.classes.map(({ storageClass }) => nameOfClass(storageClass)).join(' and ');
  const tiers = tiersFor(kind.classes.map(({ storageClass }) => storageClass));
  const offer = (tier: ThawTier) => {
    const { once, thaw } = planRestoreCost([kind], rates, { ...wish, tier });
    return `${tierLabels[tier]}: ${thaw ? formatDurationRange(...thaw) : 'at once'}, ${formatMoney(once)}`;
  };
  return (
    <Note icon={<Archive />} className="mb-2 flex-none">
      {leads[of](classes, formatPlural(kind.chosen.count, 'file'))} and goes on by itself. Nothing is waited for where
      the store hands archived files out at once.
      <span className="mt-2 flex flex-wrap gap-2">
        <span className="w-64 max-w-full max-sm:w-full">
          <Select
            height="control"
            aria-label="How fast to thaw"
            value={wish.tier}
            onChange={(tier) => !frozen && onWish({ ...wish, tier })}
            options={tiers.map((tier) => ({ value: tier, label: offer(tier) }))}
          />
        </span>
        <span className="w-44 max-w-full max-sm:w-full">
          <Select
            height="control"
            aria-label="How long the store keeps the readable copy"
            value={String(wish.days)}
            onChange={(days) => !frozen && onWish({ ...wish, days: Number(days) })}
            options={dayChoices.map((days) => ({
              value: days as string,
              label: `Readable for ${formatPlural(Number(days), 'day')}`,
            }))}
          />
        </span>
      </span>
    </Note>
  );
}
