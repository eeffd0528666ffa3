'use client';

import { useQuery } from '@tanstack/react-query';
import clsx from 'clsx';
import { ChevronRight, Undo2, Workflow } from 'lucide-react';
import Link from 'next/link';
import { useId, useState } from 'react';
import { browseHref } from '#components/browse/browse-href.ts';
import { isRunning } from '#components/trash/follow-operation.ts';
import { courseOf } from '#components/trash/operation-words.ts';
import { useOperations } from '#components/trash/use-operations.tsx';
import { Avatar } from '#components/ui/avatar.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { Checkbox } from '#components/ui/checkbox.tsx';
import { formatCount } from '#components/ui/format.ts';
import { truncateMiddle } from '#components/ui/format-name.ts';
import { Meter } from '#components/ui/meter.tsx';
import { Time } from '#components/ui/time.tsx';
import { Tooltip } from '#components/ui/tooltip.tsx';
import type { ActivityEntry } from '#lib/audit/schema.ts';
import { api } from '#lib/http/api-client.ts';
import { parentFolder } from '#lib/libraries/path-rules.ts';
import type { OperationView } from '#lib/operations/schema.ts';
import { OperationItems } from './operation-items.tsx';
import { plainSentence, sentenceOf } from './sentence.ts';

/** Milliseconds between two looks at an operation that runs. */
const lookAgain = 1_000;
/** Letters of a name in a sentence; the whole is in its tooltip and in the items. */
const longestName = 48;

/** A fact in one row of 44: who, what, when; Undo where there is something to take back. It opens to its items. */
export function ActivityRow({
  library,
  entry,
  more,
  picked,
  picking,
  onPick,
  onUndo,
}: {
  library: string;
  entry: ActivityEntry;
  more: ActivityEntry[];
  picked: boolean;
  /** Something is picked already, so the boxes stay visible. */
  picking: boolean;
  onPick: (on: boolean) => void;
  /** Undo of uploads, which may be many: asked about first. */
  onUndo: () => void;
}) {
  const [open, setOpen] = useState(false);
  const panel = useId();
  const { operation } = entry;
  const opens = operation !== null || more.length > 0;
  const undoable = [entry, ...more].some((one) => one.undo !== null);
  return (
    <li className={clsx('group/row border-b border-line', picked && 'bg-accent-soft')}>
      <div className="flex min-h-11 items-center gap-2.5 py-1.5 max-sm:min-h-14 max-sm:items-start max-sm:py-2.5">
        <span className="relative grid size-6 flex-none place-items-center">
          <span
            className={clsx(
              undoable && (picking ? 'opacity-0' : 'group-focus-within/row:opacity-0 group-hover/row:opacity-0'),
            )}
          >
            <Avatar name={entry.by.name} size={24} />
          </span>
          {undoable && (
            <Checkbox
              aria-label={`Choose: ${plainSentence(entry)}`}
              checked={picked}
              onCheckedChange={onPick}
              className={clsx(
                'absolute! inset-0 m-auto',
                !picking && 'opacity-0 group-focus-within/row:opacity-100 group-hover/row:opacity-100',
              )}
            />
          )}
        </span>
        <div className="min-w-0 flex-1">
          <p className="text-ui [overflow-wrap:anywhere] max-sm:text-phone-name">
            <Sentence library={library} entry={entry} more={more.length} />{' '}
            <span className="text-meta whitespace-nowrap text-fg-3 sm:hidden">
              <Time at={entry.at} plain />
            </span>
          </p>
          {operation && <State entry={entry} operation={operation} />}
        </div>
        <span className="flex-none text-meta text-fg-3 max-sm:hidden">
          <WhenBefore library={library} entry={entry} />
        </span>
        <span className="flex min-w-27 flex-none items-center justify-end gap-0.5 max-sm:min-w-0">
          {operation && canShowUndo(entry) && <UndoButton library={library} entry={entry} id={operation.id} />}
          {entry.type === 'upload.completed' && entry.uploadId && more.length === 0 && (
            <Tooltip label="Data flow" side="top">
              <Link
                href={`/activity/${library}/flow/${entry.uploadId}`}
                aria-label={`Data flow of: ${plainSentence(entry)}`}
                className="hit grid size-6 place-items-center rounded-2 text-fg-3 hover:bg-hover hover:text-fg"
              >
                <Workflow aria-hidden="true" className="size-3.5" />
              </Link>
            </Tooltip>
          )}
          {entry.undo?.kind === 'upload' && (
            <Button variant="quiet" icon={<Undo2 />} onClick={onUndo} aria-label={`Undo: ${plainSentence(entry)}`}>
              Undo
            </Button>
          )}
          {opens && (
            <button
              type="button"
              aria-expanded={open}
              aria-controls={panel}
              aria-label={`Details of: ${plainSentence(entry)}`}
              onClick={() => setOpen(!open)}
              className="hit grid size-6 place-items-center rounded-2 text-fg-3 hover:bg-hover hover:text-fg"
            >
              <ChevronRight
                aria-hidden="true"
                className={clsx('size-3.5 transition-transform duration-quick', open && 'rotate-90')}
              />
            </button>
          )}
        </span>
      </div>
      {operation && isRunning({ state: operation.state as OperationView['state'] }) && !isOperationNote(entry.type) && (
        <Progress library={library} id={operation.id} label={plainSentence(entry)} />
      )}
      <div id={panel} className={clsx('pb-3 pl-8.5 max-sm:pl-0', !open && 'hidden')}>
        {open && operation && <OperationItems library={library} id={operation.id} state={operation.state} />}
        {open && more.length > 0 && (
          <ul className="grid gap-1 text-meta text-fg-2">
            {[entry, ...more].map((one) => (
              <li key={one.id} className="flex gap-2">
                <bdi className="min-w-0 flex-1 truncate">{one.path}</bdi>
                {one.type === 'upload.completed' && one.uploadId && (
                  <Link href={`/activity/${library}/flow/${one.uploadId}`} className="flex-none hover:underline">
                    Data flow
                  </Link>
                )}
                <Time at={one.at} plain className="flex-none text-fg-3" />
              </li>
            ))}
          </ul>
        )}
      </div>
    </li>
  );
}

/** What somebody did to an operation under way: its course and its undo stand at the entry of the operation itself. */
export const isOperationNote = (type: string) =>
  type === 'operation.cancelled' || type === 'operation.paused' || type === 'operation.resumed';

/** Undo belongs to what did something, not to the notes about it. */
const canShowUndo = (entry: ActivityEntry) =>
  (entry.type === 'operation.started' || entry.type === 'operation.undone') && entry.operation?.undoable === true;

/** The time of a change leads to the moment just before it; that of anything else is a time. */
function WhenBefore({ library, entry }: { library: string; entry: ActivityEntry }) {
  const { path } = entry;
  if (path === null || entry.operation === null || isOperationNote(entry.type)) return <Time at={entry.at} plain />;
  // Stores keep whole seconds: what is made in the same one counts as made at its start.
  const before = new Date(Math.floor(Date.parse(entry.at) / 1_000) * 1_000 - 1).toISOString();
  const folder = path === '' || path.endsWith('/') ? path : parentFolder(path);
  return (
    <Tooltip label="Look back to just before">
      <Link
        href={browseHref(library, folder, { at: before })}
        aria-label={`Look back to just before: ${plainSentence(entry)}`}
        className="rounded-1 underline-offset-2 hover:text-past-text hover:underline"
      >
        <Time at={entry.at} plain />
      </Link>
    </Tooltip>
  );
}

function Sentence({ library, entry, more }: { library: string; entry: ActivityEntry; more: number }) {
  const parts = sentenceOf(entry);
  return (
    <>
      <b className="font-medium">
        <bdi>{entry.by.you ? 'You' : entry.by.name}</bdi>
      </b>
      {parts.map((part, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a sentence have no identity but their place
        <span key={at}>
          {' '}
          {part.kind === 'words' ? (
            <span className="text-fg-2">{part.text}</span>
          ) : part.kind === 'place' && part.text.endsWith('/') ? (
            <Link href={browseHref(library, part.text)} className="hover:underline">
              <bdi>{part.text}</bdi>
            </Link>
          ) : (
            <bdi className="font-medium" title={part.text}>
              {truncateMiddle(part.text, longestName)}
            </bdi>
          )}
          {at === 1 && more > 0 && <span className="text-fg-2"> and {formatCount(more)} more</span>}
        </span>
      ))}
    </>
  );
}

const stateWords: Record<string, { tone: 'warning' | 'danger' | 'plain'; text: string }> = {
  partial: { tone: 'warning', text: 'Not all of it' },
  failed: { tone: 'danger', text: 'Nothing was changed' },
  cancelled: { tone: 'plain', text: 'Cancelled' },
};

/** "Undone by you, 14:40", or how it ended when not well. */
function State({ entry, operation }: { entry: ActivityEntry; operation: NonNullable<ActivityEntry['operation']> }) {
  if (entry.type !== 'operation.started' && entry.type !== 'operation.undone') return null;
  const { undoneByPerson: person, undoneAt } = operation;
  const ended = stateWords[operation.state];
  if (!person && !ended) return null;
  return (
    <p className="flex flex-wrap items-center gap-x-2 text-meta text-fg-3">
      {ended && <Badge tone={ended.tone}>{ended.text}</Badge>}
      {person && (
        <span>
          {operation.undoable ? 'Partly undone' : undoneAt ? 'Undone' : 'Being undone'} by{' '}
          <bdi>{person.you ? 'you' : person.name}</bdi>
          {undoneAt && (
            <>
              , <Time at={undoneAt} plain />
            </>
          )}
        </span>
      )}
    </p>
  );
}

function UndoButton({ library, entry, id }: { library: string; entry: ActivityEntry; id: string }) {
  const operations = useOperations(library);
  const [busy, setBusy] = useState(false);
  const undo = async () => {
    setBusy(true);
    await operations.undo(id, plainSentence(entry));
    setBusy(false);
  };
  const partly = entry.operation?.undoneBy !== null;
  return (
    <Button
      variant="quiet"
      icon={<Undo2 />}
      busy={busy}
      onClick={() => void undo()}
      aria-label={`Undo: ${plainSentence(entry)}`}
    >
      {partly ? 'Undo the rest' : 'Undo'}
    </Button>
  );
}

/** A running operation: how far it is, and the ways to pause and to stop it. */
function Progress({ library, id, label }: { library: string; id: string; label: string }) {
  const operations = useOperations(library);
  const [stopping, setStopping] = useState(false);
  const [turning, setTurning] = useState(false);
  const { data } = useQuery({
    queryKey: ['operation', id],
    queryFn: async ({ signal }) => (await api('GET /operations/{id}', { id }, { signal })).operation,
    refetchInterval: (query) => (query.state.data && !isRunning(query.state.data) ? false : lookAgain),
  });
  if (!data || !isRunning(data)) return null;
  const { total, pending } = data.counts;
  const text = `${formatCount(total - pending)} of ${formatCount(total)}`;
  const turn = async () => {
    setTurning(true);
    await (data.paused ? operations.resume(id) : operations.pause(id));
    setTurning(false);
  };
  const cancel = async () => {
    setStopping(true);
    await operations.cancel(id);
  };
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 pb-2.5 pl-8.5">
      <Meter
        value={total === 0 ? null : (total - pending) / total}
        label={label}
        text={text}
        className="min-w-20 flex-1"
      />
      <span className="text-meta text-fg-3 tabular-nums max-sm:-order-1 max-sm:basis-full">{`${courseOf(data, stopping) ?? ''}${text}`}</span>
      <Button variant="quiet" busy={turning} onClick={() => void turn()}>
        {data.paused ? 'Go on' : 'Pause'}
      </Button>
      <Button variant="quiet" busy={stopping} onClick={() => void cancel()}>
        Cancel
      </Button>
    </div>
  );
}
