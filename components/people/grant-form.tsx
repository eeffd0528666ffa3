'use client';

import { type ReactNode, useState } from 'react';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { Select } from '#components/ui/select.tsx';
import type { RoleName } from '#lib/auth/actor.ts';

export type GrantDraft = { library: string; prefix: string; role: RoleName };
export type LibraryOption = { slug: string; name: string };

const roles: { value: RoleName; label: string; hint: string }[] = [
  { value: 'viewer', label: 'viewer', hint: 'Browses, searches, downloads' },
  { value: 'contributor', label: 'contributor', hint: 'Also uploads, moves, trashes and undoes' },
  { value: 'admin', label: 'admin', hint: 'Also restores versions; on a whole library, people and settings' },
];

/** What a new grant says: role, folder (empty for the whole library), and the library when there are several. */
export function GrantFields({
  draft,
  onChange,
  libraries,
  problem,
}: {
  draft: GrantDraft;
  onChange: (draft: GrantDraft) => void;
  libraries: LibraryOption[];
  /** About the folder. */
  problem?: ReactNode;
}) {
  return (
    <>
      {libraries.length > 1 && (
        <Field label="Library">
          <Select
            value={draft.library}
            onChange={(library) => onChange({ ...draft, library })}
            options={libraries.map(({ slug, name }) => ({ value: slug, label: name }))}
          />
        </Field>
      )}
      <Field label="Role">
        <Select<RoleName> value={draft.role} onChange={(role) => onChange({ ...draft, role })} options={roles} />
      </Field>
      <Field label="Folder" hint="Such as press/2026. Empty: the whole library." error={problem}>
        <Input
          value={draft.prefix}
          onChange={(event) => onChange({ ...draft, prefix: event.target.value })}
          placeholder="The whole library"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={1024}
        />
      </Field>
    </>
  );
}

export function useGrantDraft(libraries: LibraryOption[]) {
  return useState<GrantDraft>({ library: libraries[0]?.slug ?? '', prefix: '', role: 'viewer' });
}
