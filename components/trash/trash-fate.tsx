import { Time } from '#components/ui/time.tsx';
import type { TrashEntry } from '#lib/versions/schema.ts';

/** "Kept until 12 Dec", or "Nothing removes it": from the bucket's own rules as they are now. */
export function TrashFate({ goes }: { goes: NonNullable<TrashEntry['goes']> }) {
  if (goes.at === null) return 'Nothing removes it';
  return (
    <span title={goes.rule ? `By the rule ${goes.rule}` : undefined}>
      Kept until <Time at={goes.at} plain />
    </span>
  );
}
