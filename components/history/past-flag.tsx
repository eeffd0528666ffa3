import clsx from 'clsx';
import { CircleSlash, Layers, Trash2 } from 'lucide-react';
import { useHydrated } from '#components/ui/use-media.ts';
import type { AssetEntry } from '#lib/assets/schema.ts';
import { type PastFlag as Flag, flagOf } from './moment.ts';

/** `flagOf` in the zone of the reader, which the server does not know. */
export function useFlag(entry: AssetEntry | null): Flag | null {
  const hydrated = useHydrated();
  return entry && flagOf(entry, new Date(), hydrated ? undefined : 'UTC');
}

const icons = {
  gone: <CircleSlash aria-hidden="true" />,
  deleted: <Trash2 aria-hidden="true" />,
  changed: <Layers aria-hidden="true" />,
};

/**
 * On a picture of the past: what became of this version. Nothing where it is still what is there.
 * @param aside beside the tick of a chosen one; under the pointer it goes there by itself
 */
export function PastFlag({ entry, short, aside }: { entry: AssetEntry; short: boolean; aside: boolean }) {
  const flag = useFlag(entry);
  if (!flag) return null;
  return (
    <span
      className={clsx(
        aside ? 'left-8' : 'left-1.5 sm:group-hover/tile:left-8 sm:group-focus-visible/tile:left-8',
        'absolute top-1.5 inline-flex h-4.5 max-w-[calc(100%-12px)] items-center gap-[3px] rounded-1 bg-past-shade px-[5px] text-micro text-on-photo tabular-nums [&>svg]:size-3 [&>svg]:flex-none',
      )}
    >
      {icons[flag.icon]}
      <span className="truncate">{short ? flag.short : flag.long}</span>
    </span>
  );
}

/** The same beside a name. */
export function PastNote({ entry }: { entry: AssetEntry }) {
  const flag = useFlag(entry);
  if (!flag) return null;
  return (
    <span className="inline-flex flex-none items-center gap-1 rounded-1 bg-past-soft px-1.5 text-micro whitespace-nowrap text-past-text tabular-nums [&>svg]:size-3">
      {icons[flag.icon]}
      {flag.long}
    </span>
  );
}
