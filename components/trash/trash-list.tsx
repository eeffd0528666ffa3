'use client';

import { type KeyboardEvent, useMemo, useRef, useState } from 'react';
import { useShortcut } from '#components/shell/shortcuts.ts';
import { useHydrated } from '#components/ui/use-media.ts';
import type { TrashEntry } from '#lib/versions/schema.ts';
import { groupByDay } from './group-by-day.ts';
import { LoadMore } from './load-more.tsx';
import { TrashRow } from './trash-row.tsx';

export interface TrashListProps {
  library: string;
  entries: TrashEntry[];
  /** Ids of files whose way back is under way. */
  restoring: ReadonlySet<string>;
  picked: ReadonlySet<string>;
  onPick: (id: string, on: boolean) => void;
  onRestore: (entry: TrashEntry) => void;
  onLook: (entry: TrashEntry) => void;
  /** Null without the right to. */
  onDelete: ((entry: TrashEntry) => void) | null;
  more: (() => void) | null;
  loading: boolean;
}

/** Rows of 44 under their days. One tab stop; arrows move, Space chooses, Enter looks, `r` restores, Shift+Del deletes forever. */
export function TrashList({
  library,
  entries,
  restoring,
  picked,
  onPick,
  onRestore,
  onLook,
  onDelete,
  more,
  loading,
}: TrashListProps) {
  const hydrated = useHydrated();
  const list = useRef<HTMLDivElement>(null);
  const [activeId, setActiveId] = useState<string | null>(null);
  const groups = useMemo(
    () => groupByDay(entries, (entry) => entry.trashedAt, Date.now(), hydrated ? undefined : 'UTC'),
    [entries, hydrated],
  );
  const active = entries.find((entry) => entry.id === activeId) ?? entries[0];

  const go = (at: number) => {
    const entry = entries[Math.max(0, Math.min(entries.length - 1, at))];
    if (!entry) return;
    setActiveId(entry.id);
    list.current?.querySelector<HTMLElement>(`[data-id="${entry.id}"]`)?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!active || event.ctrlKey || event.metaKey || event.altKey) return;
    const at = entries.indexOf(active);
    const moves: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: entries.length - 1 };
    const to = moves[event.key];
    if (to !== undefined) {
      event.preventDefault();
      go(to);
    } else if (event.key === ' ' && (event.target as HTMLElement).matches('li')) {
      event.preventDefault();
      onPick(active.id, !picked.has(active.id));
    } else if (event.key === 'Enter' && (event.target as HTMLElement).matches('li')) {
      event.preventDefault();
      onLook(active);
    }
  };
  useShortcut('restore', () => {
    if (!active || !list.current?.contains(document.activeElement) || !active.allowed.restore) return false;
    // Focus goes on to the next row, since this one leaves.
    const at = entries.indexOf(active);
    onRestore(active);
    go(at + 1 < entries.length ? at + 1 : at - 1);
    return true;
  });

  useShortcut(
    'deleteForever',
    onDelete &&
      (() => {
        if (!active || !list.current?.contains(document.activeElement) || !active.allowed.restoreVersions) return false;
        onDelete(active);
        return true;
      }),
  );

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the rows inside are focused; arrows between them are caught here
    <div ref={list} onKeyDown={onKeyDown}>
      {groups.map((group) => (
        <section key={group.day} aria-label={hydrated ? group.day : undefined}>
          <h2 className={`flex h-9.5 items-end pb-1.5 text-label font-semibold ${hydrated ? '' : 'invisible'}`}>
            {group.day}
          </h2>
          <ul>
            {group.items.map((entry) => (
              <TrashRow
                key={entry.id}
                library={library}
                entry={entry}
                tabbable={entry === active}
                busy={restoring.has(entry.id)}
                picked={picked.has(entry.id)}
                picking={picked.size > 0}
                onPick={(on) => onPick(entry.id, on)}
                onFocus={() => setActiveId(entry.id)}
                onRestore={() => onRestore(entry)}
                onLook={() => onLook(entry)}
              />
            ))}
          </ul>
        </section>
      ))}
      {more && <LoadMore onMore={more} busy={loading} label="Show more of the trash" />}
    </div>
  );
}
