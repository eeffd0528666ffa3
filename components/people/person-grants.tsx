'use client';

import { Folder, Library, Plus, X } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { ConfirmDialog } from '#components/auth/confirm-dialog.tsx';
import { errorText, tellError } from '#components/auth/tell-error.ts';
import { Button } from '#components/ui/button.tsx';
import { FieldError } from '#components/ui/field.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { PanelSection } from '#components/ui/side-panel.tsx';
import { addToast } from '#components/ui/toast-store.ts';
import type { PersonView } from '#lib/auth/schema.ts';
import { ApiError, api } from '#lib/http/api-client.ts';
import { describeGrant } from './describe-grants.ts';
import { GrantFields, type LibraryOption, useGrantDraft } from './grant-form.tsx';

export interface PersonGrantsProps {
  person: PersonView;
  libraries: LibraryOption[];
  onChange: (person: PersonView) => void;
}

type Grant = PersonView['grants'][number];

/** What a person may, grant by grant; one that another covers says which wins. Taking back and giving can be undone. */
export function PersonGrants({ person, libraries, onChange }: PersonGrantsProps) {
  const [adding, setAdding] = useState(false);
  const [leaving, setLeaving] = useState<Grant | null>(null);
  const names = new Map(libraries.map(({ slug, name }) => [slug, name]));

  const put = async ({ library, prefix, role }: Pick<Grant, 'library' | 'prefix' | 'role'>) =>
    onChange((await api('POST /admin/users/{id}/grants', { id: person.id, library, prefix, role })).person);

  const remove = async (grant: Grant) => {
    try {
      onChange((await api('DELETE /admin/users/{id}/grants/{grant}', { id: person.id, grant: grant.id })).person);
      addToast({
        title: `${person.name} is no longer ${describeGrant(grant, names)}`,
        action: {
          label: 'Undo',
          onClick: () => void put(grant).catch((error) => tellError('The grant was not given back', error)),
        },
      });
    } catch (error) {
      tellError('The grant was not taken back', error);
    }
  };

  return (
    <PanelSection
      title="Grants"
      action={
        !adding && (
          <Button variant="quiet" icon={<Plus />} onClick={() => setAdding(true)}>
            Grant
          </Button>
        )
      }
      className="mt-4"
    >
      {person.grants.length === 0 && !adding && (
        <p className="py-1 text-meta text-fg-3">None: {person.you ? 'you see' : 'they see'} no library.</p>
      )}
      <ul className="grid gap-0.5">
        {person.grants.map((grant) => (
          <GrantRow
            key={grant.id}
            grant={grant}
            person={person}
            names={names}
            onRemove={() => (isOwnAdmin(person, grant) ? setLeaving(grant) : void remove(grant))}
          />
        ))}
      </ul>
      <ConfirmDialog
        open={leaving !== null}
        onOpenChange={(open) => !open && setLeaving(null)}
        title="Stop being admin?"
        confirm="Give up admin"
        danger
        onConfirm={async () => {
          if (!leaving) return;
          await api('DELETE /admin/users/{id}/grants/{grant}', { id: person.id, grant: leaving.id });
          location.assign('/');
        }}
      >
        You lose this page and the other settings at once. Only another admin can give it back.
      </ConfirmDialog>
      {adding && <AddGrant libraries={libraries} put={put} onClose={() => setAdding(false)} />}
    </PanelSection>
  );
}

/** Taking this back shuts the door behind oneself: no Undo, so it is asked before. */
function isOwnAdmin(person: PersonView, grant: Grant): boolean {
  return person.you && grant.prefix === '' && grant.role === 'admin';
}

function GrantRow({
  grant,
  person,
  names,
  onRemove,
}: {
  grant: Grant;
  person: PersonView;
  names: Map<string, string>;
  onRemove: () => void;
}) {
  const winner = person.grants.find((other) => other.id === grant.coveredBy);
  const place = grant.prefix || (names.get(grant.library) ?? grant.library);
  return (
    <li className="flex min-h-9 items-center gap-2">
      {grant.prefix ? (
        <Folder className="size-4 flex-none text-fg-3" aria-hidden="true" />
      ) : (
        <Library className="size-4 flex-none text-fg-3" aria-hidden="true" />
      )}
      <span className="min-w-0 flex-1">
        <span className={`block [overflow-wrap:anywhere] max-sm:text-phone-name ${winner ? 'text-fg-3' : ''}`}>
          <span className="font-medium">{grant.role}</span> of <bdi>{place}</bdi>
        </span>
        {winner && (
          <span className="block text-meta text-fg-3 max-sm:text-phone-meta">
            Adds nothing: {describeGrant(winner, new Map())}
            {winner.prefix ? '' : ' of the whole library'} wins
          </span>
        )}
        {grant.lastAdmin && (
          <span className="block text-meta text-fg-3 max-sm:text-phone-meta">The last admin of the whole library</span>
        )}
      </span>
      <IconButton
        label={`Take back ${grant.role} of ${place}`}
        icon={<X />}
        size="mini"
        disabledReason={grant.lastAdmin ? 'Make somebody else admin of the whole library first' : undefined}
        onClick={onRemove}
      />
    </li>
  );
}

function AddGrant({
  libraries,
  put,
  onClose,
}: {
  libraries: LibraryOption[];
  put: (draft: Pick<Grant, 'library' | 'prefix' | 'role'>) => Promise<void>;
  onClose: () => void;
}) {
  const [draft, setDraft] = useGrantDraft(libraries);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<{ path: boolean; text: string } | null>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    try {
      await put(draft);
      onClose();
    } catch (error) {
      const path = error instanceof ApiError && error.code === 'invalid_path';
      setProblem({ path, text: errorText(error) });
    } finally {
      setBusy(false);
    }
  };
  return (
    <form onSubmit={submit} className="mt-2 grid gap-3 rounded-3 p-3 inset-shadow-line">
      <GrantFields draft={draft} onChange={setDraft} libraries={libraries} problem={problem?.path && problem.text} />
      <FieldError>{problem && !problem.path && problem.text}</FieldError>
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="primary" busy={busy}>
          Grant {draft.role}
        </Button>
      </div>
    </form>
  );
}
