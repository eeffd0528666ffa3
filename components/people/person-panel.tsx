'use client';

import { KeyRound, LogOut, UserCheck, UserX, X } from 'lucide-react';
import { useState } from 'react';
import { ConfirmDialog } from '#components/auth/confirm-dialog.tsx';
import { tellError } from '#components/auth/tell-error.ts';
import { Avatar } from '#components/ui/avatar.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { formatPlural } from '#components/ui/format.ts';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Facts, PanelSection, SidePanel } from '#components/ui/side-panel.tsx';
import { Time } from '#components/ui/time.tsx';
import { addToast } from '#components/ui/toast-store.ts';
import type { PersonView } from '#lib/auth/schema.ts';
import { api } from '#lib/http/api-client.ts';
import type { LibraryOption } from './grant-form.tsx';
import { PasswordOnceDialog } from './password-once-dialog.tsx';
import { PersonGrants } from './person-grants.tsx';

export interface PersonPanelProps {
  person: PersonView;
  libraries: LibraryOption[];
  onChange: (person: PersonView) => void;
  onClose: () => void;
}

/** One person: what they may, and whether they may come in. */
export function PersonPanel({ person, libraries, onChange, onClose }: PersonPanelProps) {
  return (
    <SidePanel label={person.name} description={person.email} onClose={onClose}>
      <div className="flex items-start gap-3 max-sm:hidden">
        <Avatar name={person.name} size={44} />
        <div className="min-w-0 flex-1">
          <h2 className={`text-title [overflow-wrap:anywhere] ${person.disabled ? 'text-fg-3 line-through' : ''}`}>
            <bdi>{person.name}</bdi>
          </h2>
          <p className="text-meta text-fg-2 [overflow-wrap:anywhere]">{person.email}</p>
        </div>
        <IconButton label="Close" keys="Esc" icon={<X />} onClick={onClose} className="-mt-1 -mr-1.5" />
      </div>
      {(person.disabled || person.you) && (
        <p className="mt-3 flex gap-1.5">
          {person.you && <Badge>You</Badge>}
          {person.disabled && <Badge tone="warning">Disabled</Badge>}
        </p>
      )}
      <div className="mt-4">
        <Facts
          rows={[
            ['Last seen', person.lastSeenAt ? <Time key="seen" at={person.lastSeenAt} capital /> : 'Never signed in'],
            ['Signed in', person.sessionCount === 0 ? 'Nowhere' : `In ${formatPlural(person.sessionCount, 'browser')}`],
            ['API tokens', person.tokenCount === 0 ? 'None' : String(person.tokenCount)],
          ]}
        />
      </div>
      <PersonGrants person={person} libraries={libraries} onChange={onChange} />
      <PersonAccess person={person} onChange={onChange} />
    </SidePanel>
  );
}

type Question = 'end-sessions' | 'reset-password' | 'disable';

function PersonAccess({ person, onChange }: Pick<PersonPanelProps, 'person' | 'onChange'>) {
  const [question, setQuestion] = useState<Question | null>(null);
  const [password, setPassword] = useState<string | null>(null);
  const protectedReason = person.protectedReason ?? undefined;
  const close = () => setQuestion(null);
  const sessions = formatPlural(person.sessionCount, 'session');
  const tokens = formatPlural(person.tokenCount, 'API token');

  const enable = async () => {
    try {
      onChange((await api('POST /admin/users/{id}/enable', { id: person.id })).person);
      addToast({ title: `${person.name} may sign in again`, key: `enabled-${person.id}` });
    } catch (error) {
      tellError(`${person.name} was not enabled`, error);
    }
  };
  const disable = async () => {
    onChange((await api('POST /admin/users/{id}/disable', { id: person.id })).person);
    addToast({ title: `${person.name} is disabled`, action: { label: 'Enable again', onClick: () => void enable() } });
  };

  return (
    <PanelSection title="Access" className="mt-4">
      <div className="grid gap-1.5 [&>button]:justify-start">
        <Button
          icon={<LogOut />}
          disabledReason={protectedReason ?? (person.sessionCount === 0 ? 'Not signed in anywhere' : undefined)}
          onClick={() => setQuestion('end-sessions')}
        >
          Sign out everywhere
        </Button>
        <Button
          icon={<KeyRound />}
          disabledReason={person.you ? 'Change your own password on the account page' : protectedReason}
          onClick={() => setQuestion('reset-password')}
        >
          Reset password
        </Button>
        {person.disabled ? (
          <Button icon={<UserCheck />} disabledReason={protectedReason} onClick={() => void enable()}>
            Enable
          </Button>
        ) : (
          <Button
            icon={<UserX />}
            disabledReason={person.keepEnabledReason ?? undefined}
            onClick={() => setQuestion('disable')}
          >
            Disable
          </Button>
        )}
      </div>
      {!person.disabled && person.keepEnabledReason && (
        <p className="mt-2 text-meta text-fg-3 max-sm:text-phone-meta">{person.keepEnabledReason}</p>
      )}
      <ConfirmDialog
        open={question === 'end-sessions'}
        onOpenChange={close}
        title={`Sign ${person.name} out everywhere?`}
        confirm="Sign out everywhere"
        onConfirm={async () => {
          onChange((await api('POST /admin/users/{id}/end-sessions', { id: person.id })).person);
          addToast({ title: `${person.name} signed out everywhere` });
        }}
      >
        Ends {sessions} now{person.you ? ', this browser too' : ''}. They can sign in again. API tokens stay.
      </ConfirmDialog>
      <ConfirmDialog
        open={question === 'reset-password'}
        onOpenChange={close}
        title={`Reset the password of ${person.name}?`}
        confirm="Reset password"
        onConfirm={async () => {
          const answer = await api('POST /admin/users/{id}/reset-password', { id: person.id });
          onChange(answer.person);
          setPassword(answer.password);
        }}
      >
        The old password stops working
        {person.sessionCount > 0 && `, and ${sessions} end${person.sessionCount === 1 ? 's' : ''} now`}. You see the new
        one once.
      </ConfirmDialog>
      <ConfirmDialog
        open={question === 'disable'}
        onOpenChange={close}
        title={`Disable ${person.name}?`}
        confirm="Disable"
        danger
        onConfirm={disable}
      >
        {person.tokenCount > 0 ? `Ends ${sessions} and revokes ${tokens} for good. ` : `Ends ${sessions} now. `}
        What they uploaded and changed stays, as theirs. They can be enabled again.
      </ConfirmDialog>
      {password && (
        <PasswordOnceDialog
          name={person.name}
          email={person.email}
          password={password}
          onClose={() => setPassword(null)}
        />
      )}
    </PanelSection>
  );
}
