'use client';

import { SearchX, UserPlus, UsersRound } from 'lucide-react';
import { parseAsString, useQueryState } from 'nuqs';
import { useDeferredValue, useState } from 'react';
import { Page } from '#components/shell/page.tsx';
import { Button } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { formatCount, formatPlural } from '#components/ui/format.ts';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Input } from '#components/ui/input.tsx';
import type { PersonView } from '#lib/auth/schema.ts';
import { AddPersonDialog } from './add-person-dialog.tsx';
import type { LibraryOption } from './grant-form.tsx';
import { PeopleRow } from './people-row.tsx';
import { PersonPanel } from './person-panel.tsx';
import { usePeople, usePersonUpdate } from './use-people.ts';

export interface PeoplePageProps {
  initial: { people: PersonView[]; nextCursor: string | null };
  /** Those that the reader administers. */
  libraries: LibraryOption[];
}

/** The people of the libraries that one administers. The chosen person and the search are in the address. */
export function PeoplePage({ initial, libraries }: PeoplePageProps) {
  const [chosen, choose] = useQueryState('person');
  const [q, setQ] = useQueryState('q', parseAsString.withDefault('').withOptions({ throttleMs: 200 }));
  const [adding, setAdding] = useState(false);
  const { people, hasNextPage, fetchNextPage, isFetchingNextPage, isFetching, error } = usePeople(
    useDeferredValue(q),
    initial,
  );
  const update = usePersonUpdate();
  const person = people.find((row) => row.id === chosen);
  const names = new Map(libraries.map(({ slug, name }) => [slug, name]));
  const alone = q === '' && !hasNextPage && people.length === 1;

  return (
    <Page
      title="People"
      facts={hasNextPage ? `${formatCount(people.length)} and more` : formatPlural(people.length, 'person', 'people')}
      refreshing={isFetching && !isFetchingNextPage}
      actions={
        <>
          <Input
            height="control"
            type="search"
            quiet
            aria-label="Find people"
            placeholder="Name or email"
            value={q}
            onChange={(event) => void setQ(event.target.value || null)}
            className="w-50 px-2.5"
          />
          <Button variant="primary" icon={<UserPlus />} onClick={() => setAdding(true)}>
            Add person
          </Button>
        </>
      }
      phoneActions={<IconButton label="Add person" icon={<UserPlus />} size="touch" onClick={() => setAdding(true)} />}
      panel={
        person && (
          <PersonPanel
            key={person.id}
            person={person}
            libraries={libraries}
            onChange={update}
            onClose={() => void choose(null)}
          />
        )
      }
    >
      <Input
        type="search"
        aria-label="Find people"
        placeholder="Name or email"
        value={q}
        onChange={(event) => void setQ(event.target.value || null)}
        className="mb-2 px-2.5 sm:hidden"
      />
      {error ? (
        <EmptyState icon={<UsersRound />} title="The list did not come" tone="danger">
          {error.message}
        </EmptyState>
      ) : people.length === 0 ? (
        <EmptyState
          icon={<SearchX />}
          title={`Nobody found for "${q}"`}
          action={<Button onClick={() => void setQ(null)}>Show everybody</Button>}
        >
          Names and email addresses are searched.
        </EmptyState>
      ) : (
        <ul aria-label="People" className="grid gap-px">
          {people.map((row) => (
            <PeopleRow
              key={row.id}
              person={row}
              libraryNames={names}
              selected={row.id === chosen}
              onSelect={() => void choose(row.id === chosen ? null : row.id)}
            />
          ))}
        </ul>
      )}
      {alone && (
        <EmptyState
          icon={<UsersRound />}
          title="Only you so far"
          action={
            <Button variant="primary" icon={<UserPlus />} onClick={() => setAdding(true)}>
              Add person
            </Button>
          }
        >
          Others see only what you grant them: the whole library or single folders.
        </EmptyState>
      )}
      {hasNextPage && (
        <div className="mt-3 text-center">
          <Button busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            Show more people
          </Button>
        </div>
      )}
      <AddPersonDialog
        open={adding}
        onOpenChange={setAdding}
        libraries={libraries}
        onAdded={(added) => {
          update(added);
          void choose(added.id);
        }}
      />
    </Page>
  );
}
