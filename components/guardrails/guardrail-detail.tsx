'use client';

import clsx from 'clsx';
import { Check, CodeXml, Copy, Radar, RotateCcw, ShieldAlert } from 'lucide-react';
import { useState } from 'react';
import { useShortcut } from '#components/shell/shortcuts.ts';
import { Badge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Note } from '#components/ui/note.tsx';
import { Time } from '#components/ui/time.tsx';
import { addToast } from '#components/ui/toast-store.ts';
import { useToastFoot } from '#components/ui/use-toast-foot.ts';
import { guardrailWords } from '#lib/guardrails/guardrails.ts';
import type { GuardrailRow, GuardrailsView } from '#lib/guardrails/schema.ts';
import { DocumentDiff } from './document-diff.tsx';
import { EditJsonDialog } from './edit-json-dialog.tsx';
import { EncryptionLook } from './encryption-look.tsx';
import { ProbeSteps } from './probe-steps.tsx';
import type { Guardrails } from './use-guardrails.ts';
import { shieldTones, verdictLooks } from './verdict-words.tsx';

type Change = NonNullable<GuardrailRow['change']>;

/** One guardrail: what it means, what a probe found, the exact change, and whether it would lock the app out. */
export function GuardrailDetail({
  library,
  row,
  guardrails,
}: {
  library: string;
  row: GuardrailRow;
  guardrails: Guardrails;
}) {
  const { title, meaning } = guardrailWords[row.id];
  const look = verdictLooks[row.verdict];
  const { work, check } = guardrails;
  const mine = work !== null && (work.guardrails === null || work.guardrails.includes(row.id));
  const probe = () => void check([row.id]);
  useShortcut('probe', row.unsupported === null && work === null ? probe : null);
  const applied = guardrails.view.applied.find(({ guardrail }) => guardrail === row.id);
  return (
    <section aria-labelledby="guardrail-title" className="flex min-h-0 min-w-0 flex-col">
      <div className="grid min-h-0 flex-1 content-start gap-4 overflow-y-auto px-5 py-4 max-sm:px-3">
        <header className="flex items-start gap-3">
          <span
            className={clsx(
              'grid size-10 flex-none place-items-center rounded-4 [&>svg]:size-5',
              shieldTones[look.tone],
            )}
          >
            {look.shield}
          </span>
          <div className="min-w-0 flex-1">
            <h2 id="guardrail-title" className="text-title">
              {title}
            </h2>
            <p className="text-fg-2">{meaning}</p>
            {row.limit && <p className="mt-1 text-fg-2">{row.limit}</p>}
          </div>
          <Badge tone={look.tone} icon={look.mark} className="h-5.5!">
            {look.word}
          </Badge>
        </header>
        {row.driftedAt && (
          <Note tone="danger" icon={<ShieldAlert />}>
            <b>It held before.</b> Somebody changed the store’s settings; this was found <Time at={row.driftedAt} />.
          </Note>
        )}
        {row.unsupported !== null ? (
          <Note>{row.unsupported}</Note>
        ) : (
          <Section
            title="Probe"
            meta={
              row.probe ? (
                <>
                  <Time at={row.probe.at} />, {fromWords(row.probe.steps)}
                </>
              ) : (
                'not tried yet'
              )
            }
            action={
              <Button icon={<Radar />} busy={mine && work?.what === 'check'} onClick={probe}>
                {row.probe ? 'Probe again' : 'Probe'}
              </Button>
            }
          >
            {row.probe && <ProbeSteps steps={row.probe.steps} />}
          </Section>
        )}
        {row.change && <ChangeSection change={row.change} />}
        {row.manual && <ManualSection manual={row.manual} holds={row.verdict === 'pass'} />}
        {row.change && <LockOut row={row} />}
        {row.id === 'encryption' && row.unsupported === null && <EncryptionLook library={library} />}
      </div>
      <Actions row={row} applied={applied} guardrails={guardrails} busy={mine} />
    </section>
  );
}

const fromWords = (steps: { from: string }[]) =>
  steps.some(({ from }) => from === 'browser') ? 'from this browser and from the server' : 'from the server';

function Section({
  title,
  meta,
  action,
  children,
}: {
  title: string;
  meta?: React.ReactNode;
  action?: React.ReactNode;
  children?: React.ReactNode;
}) {
  return (
    <div className="grid min-w-0 gap-1.5">
      <div className="flex min-h-7 items-center gap-2">
        <h3 className="flex-none text-label">{title}</h3>
        <p className="min-w-0 flex-1 text-meta text-fg-3 tabular-nums">{meta}</p>
        {action}
      </div>
      {children}
    </div>
  );
}

function ChangeSection({ change }: { change: Change }) {
  return (
    <Section
      title="Change"
      meta={change.words}
      action={<CopyButton label="Copy JSON" text={change.documents.map(({ after }) => toText(after)).join('\n')} />}
    >
      <div className="grid gap-2">
        {change.documents.map(({ kind, name, before, after }) => (
          <div key={kind + name} className="grid min-w-0 gap-1">
            {change.documents.length > 1 && <p className="text-meta text-fg-3">Policy {name}</p>}
            <DocumentDiff label={`Change of ${name}`} before={before} after={after} />
          </div>
        ))}
      </div>
    </Section>
  );
}

const toText = (value: unknown) => JSON.stringify(value, null, 2);

function CopyButton({ label, text }: { label: string; text: string }) {
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      addToast({ title: 'Copied' });
    } catch {
      addToast({
        kind: 'error',
        title: 'The browser does not let this page copy. Select the text and copy it by hand.',
      });
    }
  };
  return <IconButton label={label} size="mini" icon={<Copy />} onClick={() => void copy()} />;
}

function ManualSection({ manual, holds }: { manual: NonNullable<GuardrailRow['manual']>; holds: boolean }) {
  const text = manual.document === null ? '' : toText(manual.document);
  return (
    <Section
      title={holds ? 'For reference' : 'To do at the store'}
      action={text && <CopyButton label="Copy JSON" text={text} />}
    >
      <p className="text-fg-2">{manual.text}</p>
      {manual.command && (
        <pre className="overflow-x-auto rounded-3 border border-line bg-sunken px-3 py-2 type-code">
          {manual.command}
        </pre>
      )}
      {text && (
        <section
          aria-label="Document"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard
          tabIndex={0}
          className="focus-inset max-h-70 overflow-auto rounded-3 border border-line bg-sunken px-3 py-2 type-code"
        >
          <pre>{text}</pre>
        </section>
      )}
    </Section>
  );
}

/** Said before the click: whether the app would go on working. */
function LockOut({ row }: { row: GuardrailRow }) {
  if (row.danger)
    return (
      <Note tone="danger" icon={<ShieldAlert />}>
        <b>It would lock Strata out.</b> {row.danger}
      </Note>
    );
  return (
    <Note tone="success" icon={<Check />}>
      <b>Strata will not lock itself out.</b> Right after the change an upload in one piece and one in parts are tried;
      if one fails, what was there before is put back.
    </Note>
  );
}

function Actions({
  row,
  applied,
  guardrails,
  busy,
}: {
  row: GuardrailRow;
  applied: GuardrailsView['applied'][number] | undefined;
  guardrails: Guardrails;
  busy: boolean;
}) {
  const [editing, setEditing] = useState(false);
  const { work, apply, revert } = guardrails;
  const byHand = row.change?.documents.some(({ kind }) => kind === 'bucket-policy' || kind === 'user-policy');
  const revertible = applied && row.id !== 'versioning';
  const shown = row.change !== null || revertible;
  // Its buttons and the space around them.
  useToastFoot(shown ? 57 : null);
  if (!shown) return null;
  const blocked = row.danger ? 'It would lock Strata out' : undefined;
  return (
    <footer className="flex flex-wrap items-center gap-2 border-t border-line px-5 py-3 max-sm:px-3">
      {row.change && (
        <Button
          variant="primary"
          size="field"
          busy={busy && work?.what === 'apply'}
          disabledReason={blocked}
          onClick={() => void apply(row)}
        >
          Apply and probe
        </Button>
      )}
      {row.change && byHand && (
        <Button size="field" icon={<CodeXml />} onClick={() => setEditing(true)}>
          Edit JSON
        </Button>
      )}
      {revertible && (
        <Button
          size="field"
          icon={<RotateCcw />}
          busy={busy && work?.what === 'revert'}
          onClick={() => void revert(row.id, applied.changeId)}
        >
          Take back
        </Button>
      )}
      <p className="ml-auto text-meta text-fg-3">
        {row.change ? (
          `${row.change.revertible ? 'Can be taken back' : 'Cannot be taken back'}. Goes into the activity.`
        ) : (
          <>
            Put in force by {applied?.by}, <Time at={applied?.at ?? ''} />. What others changed since stays.
          </>
        )}
      </p>
      {editing && row.change && (
        <EditJsonDialog
          change={row.change}
          onClose={() => setEditing(false)}
          onApply={async (documents) => {
            if (await apply(row, documents)) setEditing(false);
          }}
        />
      )}
    </footer>
  );
}
