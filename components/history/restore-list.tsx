'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { ArrowRight, Search, Trash2 } from 'lucide-react';
import { type ReactNode, useDeferredValue, useState } from 'react';
import { kindIcon } from '#components/browse/kind-label.tsx';
import { LoadMore } from '#components/trash/load-more.tsx';
import { Checkbox } from '#components/ui/checkbox.tsx';
import { formatBytes, formatCount } from '#components/ui/format.ts';
import { Input } from '#components/ui/input.tsx';
import { MiddleTruncate } from '#components/ui/middle-truncate.tsx';
import type { AssetKind } from '#lib/assets/schema.ts';
import { ApiError, api } from '#lib/http/api-client.ts';
import type { PlanKind, RestorePlanItem } from '#lib/restore/schema.ts';
import { type Choice, chosenOf, isChosen, isDoable, mostExceptions, toggleItem, toggleKind } from './restore-choice.ts';
import { itemDetail } from './restore-words.ts';

export interface RestoreListProps {
  operation: string;
  kind: PlanKind;
  choice: Choice;
  onChoice: (choice: Choice) => void;
  /** Above the files: what this kind asks before it can be done. */
  head?: ReactNode;
  /** Nothing can be ticked while it runs. */
  frozen: boolean;
}

/** The files of one kind: search, tick, and what each becomes, by picture and words. */
export function RestoreList({ operation, kind, choice, onChoice, head, frozen }: RestoreListProps) {
  const [typed, setTyped] = useState('');
  const q = useDeferredValue(typed.trim());
  const query = useInfiniteQuery({
    queryKey: ['restore-plan', operation, kind.kind, q],
    queryFn: ({ pageParam, signal }) =>
      api(
        'GET /operations/{id}/plan/items',
        { id: operation, kind: kind.kind, ...(q ? { q } : {}), ...(pageParam ? { cursor: pageParam } : {}) },
        { signal },
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: (before) => before,
  });
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  const chosen = chosenOf(choice, kind).count;
  const doable = isDoable(kind.kind);
  const full = (choice[kind.kind]?.except.size ?? 0) >= mostExceptions;
  return (
    <>
      <div className="flex flex-none items-center gap-3 pb-2">
        {doable && (
          <Checkbox
            aria-label={`All ${formatCount(kind.count)}`}
            checked={chosen === kind.count}
            indeterminate={chosen > 0 && chosen < kind.count}
            disabled={frozen}
            onCheckedChange={(all) => onChoice(toggleKind(choice, kind.kind, all))}
          />
        )}
        <Input
          quiet
          height="control"
          lead={<Search />}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          placeholder={`Find in these ${formatCount(kind.count)}`}
          aria-label={`Find in these ${formatCount(kind.count)}`}
        />
        {doable && (
          <span className="flex-none text-meta text-fg-2 tabular-nums" aria-live="polite">
            {formatCount(chosen)} of {formatCount(kind.count)} chosen
          </span>
        )}
      </div>
      {head}
      {query.isError ? (
        <p className="py-3 text-meta text-danger-text">
          The files could not be read. {query.error instanceof ApiError ? query.error.detail : 'Strata did not answer.'}
        </p>
      ) : !query.isPending && items.length === 0 ? (
        <p className="py-3 text-meta text-fg-3">None of these has “{q}” in its name.</p>
      ) : (
        <ul className="-mr-4 min-h-0 flex-1 overflow-y-auto overscroll-contain pr-4 max-sm:mr-0 max-sm:overflow-visible max-sm:pr-0">
          {items.map((item) => (
            <Row
              key={item.position}
              item={item}
              kind={kind.kind}
              checked={isChosen(choice, kind.kind, item.position)}
              disabled={frozen || (full && !choice[kind.kind]?.except.has(item.position))}
              onToggle={() => onChoice(toggleItem(choice, kind.kind, item.position, item.bytes))}
            />
          ))}
          {query.hasNextPage && (
            <li>
              <LoadMore onMore={() => void query.fetchNextPage()} busy={query.isFetchingNextPage} label="Show more" />
            </li>
          )}
        </ul>
      )}
    </>
  );
}

interface RowProps {
  item: RestorePlanItem;
  kind: PlanKind['kind'];
  checked: boolean;
  disabled: boolean;
  onToggle: () => void;
}

/** 54 px. A file that cannot be restored has no box, but its reason. */
function Row({ item, kind, checked, disabled, onToggle }: RowProps) {
  const name = item.path.slice(item.path.lastIndexOf('/') + 1);
  const detail = itemDetail(kind, item);
  const doable = isDoable(kind);
  return (
    <li className="flex min-h-13.5 items-center gap-3 border-t border-line py-1.5 [contain-intrinsic-size:auto_54px] [content-visibility:auto]">
      {doable && (
        <Checkbox
          aria-label={`${name}. ${detail}`}
          checked={checked}
          disabled={disabled}
          onCheckedChange={onToggle}
          className="ml-0.5"
        />
      )}
      <span
        aria-hidden="true"
        className="flex flex-none items-center gap-1.5 text-fg-3 max-sm:[&>*:not(:last-child)]:hidden"
      >
        {doable && (
          <>
            <Picture url={item.before?.thumbnailUrl ?? null} trash={item.before === null} kind={item.fileKind} />
            <ArrowRight className="size-3" />
          </>
        )}
        <Picture
          url={(item.after ?? item.before)?.thumbnailUrl ?? null}
          trash={doable && item.after === null}
          kind={item.fileKind}
        />
      </span>
      <span className="min-w-0 flex-1" title={item.path}>
        <b className="block text-label text-fg">
          <MiddleTruncate name={name} />
        </b>
        <small className={doable ? 'block truncate text-meta text-fg-3' : 'block text-meta text-fg-3'}>{detail}</small>
      </span>
      <span className="flex-none text-meta text-fg-2 tabular-nums">{formatBytes(item.bytes)}</span>
    </li>
  );
}

/** 48 by 34: the version's own thumbnail, the trash, or what kind of file it is. */
function Picture({ url, trash, kind }: { url: string | null; trash: boolean; kind: string | null }) {
  const [broken, setBroken] = useState(false);
  return (
    <span className="grid h-8.5 w-12 place-items-center overflow-hidden rounded-1 bg-sunken text-fg-3 [&>svg]:size-4">
      {trash ? (
        <Trash2 />
      ) : url && !broken ? (
        // biome-ignore lint/performance/noImgElement: a small rendition that needs no optimiser
        <img src={url} alt="" loading="lazy" className="size-full object-cover" onError={() => setBroken(true)} />
      ) : (
        kindIcon((kind ?? 'other') as AssetKind)
      )}
    </span>
  );
}
