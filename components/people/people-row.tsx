import clsx from 'clsx';
import { Avatar } from '#components/ui/avatar.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { Time } from '#components/ui/time.tsx';
import type { PersonView } from '#lib/auth/schema.ts';
import { describeGrants } from './describe-grants.ts';

/** One person, 44 px: who, what they may, when they were here. Two lines on a phone. */
export function PeopleRow({
  person,
  libraryNames,
  selected,
  onSelect,
}: {
  person: PersonView;
  libraryNames: Map<string, string>;
  selected: boolean;
  onSelect: () => void;
}) {
  return (
    <li>
      <button
        type="button"
        aria-pressed={selected}
        onClick={onSelect}
        className={clsx(
          'focus-inset grid h-11 w-full grid-cols-[24px_minmax(0,1.1fr)_minmax(0,1.2fr)_minmax(0,1.4fr)_112px] items-center gap-3 rounded-2 px-2 text-left',
          'max-md:grid-cols-[24px_minmax(0,1fr)_minmax(0,1fr)_112px] max-sm:h-15 max-sm:grid-cols-[32px_minmax(0,1fr)]',
          selected ? 'bg-press' : 'hover:bg-hover',
        )}
      >
        <span className="contents max-sm:hidden">
          <Avatar name={person.name} size={24} />
        </span>
        <span className="hidden max-sm:contents">
          <Avatar name={person.name} size={32} />
        </span>
        <span className="min-w-0">
          <span className="flex min-w-0 items-center gap-1.5 text-label max-sm:text-phone-name">
            <bdi className={clsx('truncate', person.disabled && 'text-fg-3 line-through')}>{person.name}</bdi>
            {person.you && <Badge>You</Badge>}
            {person.disabled && <Badge tone="warning">Disabled</Badge>}
          </span>
          <span className="block truncate text-phone-meta text-fg-3 sm:hidden">
            {describeGrants(person.grants, libraryNames)}
          </span>
        </span>
        <span className="truncate text-fg-2 max-md:hidden">{person.email}</span>
        <span className="truncate text-fg-2 max-sm:hidden">
          <bdi>{describeGrants(person.grants, libraryNames)}</bdi>
        </span>
        <span className="truncate text-right text-meta text-fg-3 max-sm:hidden">
          {person.lastSeenAt ? <Time at={person.lastSeenAt} plain capital /> : 'Never signed in'}
        </span>
      </button>
    </li>
  );
}
