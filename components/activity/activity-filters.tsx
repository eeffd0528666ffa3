'use client';

import { Folder, X } from 'lucide-react';
import { type FormEvent, useEffect, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Input } from '#components/ui/input.tsx';
import { Select } from '#components/ui/select.tsx';

const everybody = 'everybody';
const everything = 'everything';
const types = [
  { value: everything, label: 'Everything' },
  { value: 'upload', label: 'Uploads' },
  { value: 'operation', label: 'Moves, trash, restores and tags' },
  { value: 'operation.undone', label: 'Undone' },
  { value: 'grant', label: 'Rights' },
  { value: 'user', label: 'People' },
  { value: 'token', label: 'API tokens' },
];

export type Filters = { by: string | null; type: string | null; path: string | null };

export interface ActivityFiltersProps {
  people: { id: string; name: string }[];
  filters: Filters;
  onChange: (next: Partial<Filters>) => void;
}

/** Person, kind and folder, each applied at once. */
export function ActivityFilters({ people, filters, onChange }: ActivityFiltersProps) {
  const [folder, setFolder] = useState(filters.path ?? '');
  useEffect(() => setFolder(filters.path ?? ''), [filters.path]);
  const apply = (event: FormEvent) => {
    event.preventDefault();
    const path = folder.trim();
    onChange({ path: path === '' ? null : path });
  };
  const known = people.some((person) => person.id === filters.by);
  const persons = [
    { value: everybody, label: 'Everybody' },
    ...people.map((person) => ({ value: person.id, label: person.name })),
    ...(filters.by && !known ? [{ value: filters.by, label: 'One person' }] : []),
  ];
  const set = filters.by !== null || filters.type !== null || filters.path !== null;
  return (
    <search
      aria-label="Filter the activity"
      className="flex flex-wrap items-center gap-2 border-b border-line pb-3 max-sm:border-0"
    >
      <div className="w-40 max-sm:w-full">
        <Select
          aria-label="Person"
          height="control"
          value={filters.by ?? everybody}
          options={persons}
          onChange={(value) => onChange({ by: value === everybody ? null : value })}
        />
      </div>
      <div className="w-56 max-sm:w-full">
        <Select
          aria-label="Kind"
          height="control"
          value={filters.type ?? everything}
          options={types}
          onChange={(value) => onChange({ type: value === everything ? null : value })}
        />
      </div>
      <form onSubmit={apply} className="w-52 max-sm:w-full">
        <Input
          aria-label="Folder or file"
          height="control"
          placeholder="Folder, such as press/"
          value={folder}
          lead={<Folder />}
          trail={
            filters.path !== null ? (
              <IconButton label="Clear the folder" icon={<X />} size="mini" onClick={() => onChange({ path: null })} />
            ) : undefined
          }
          onChange={(event) => setFolder(event.target.value)}
          onBlur={apply}
        />
      </form>
      {set && (
        <Button variant="quiet" onClick={() => onChange({ by: null, type: null, path: null })}>
          Clear filters
        </Button>
      )}
    </search>
  );
}
