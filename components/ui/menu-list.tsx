'use client';

import clsx from 'clsx';
import { Check } from 'lucide-react';
import Link from 'next/link';
import { Fragment } from 'react';
import type { MenuEntry } from './menu-items.ts';

const ROW =
  'focus-inset flex min-h-11 w-full items-center gap-3 rounded-3 px-3 py-2 text-left text-phone-label font-normal active:bg-press';

/** The entries of a menu as the 44 px rows of a bottom sheet. Submenus lie open under their name: a sheet has room. */
export function MenuList({ items, onDone }: { items: MenuEntry[]; onDone: () => void }) {
  return (
    <div className="-mx-3 grid text-fg">
      <Rows items={items} onDone={onDone} />
    </div>
  );
}

function Rows({ items, onDone }: { items: MenuEntry[]; onDone: () => void }) {
  return (
    <>
      {items.map((entry, i) => {
        // biome-ignore lint/suspicious/noArrayIndexKey: a line has no identity but its place
        if (entry.kind === 'line') return <hr key={`line-${i}`} className="mx-3 my-1 border-line" />;
        // the title of the sheet says it
        if (entry.kind === 'heading') return null;
        if (entry.kind === 'sub')
          return (
            <Fragment key={entry.id}>
              <h3 className="px-3 pt-3 pb-1 text-meta text-fg-3">{entry.label}</h3>
              <Rows items={entry.items} onDone={onDone} />
            </Fragment>
          );
        if (entry.kind === 'choice')
          return (
            <fieldset key={entry.id} aria-label={entry.label}>
              {entry.options.map((option) => (
                <button
                  key={option.value}
                  type="button"
                  aria-pressed={option.value === entry.value}
                  className={ROW}
                  onClick={() => {
                    entry.onChange(option.value);
                    onDone();
                  }}
                >
                  <span className="flex-1">{option.label}</span>
                  {option.value === entry.value && <Check className="size-5 text-accent" aria-hidden="true" />}
                </button>
              ))}
            </fieldset>
          );
        const off = entry.disabledReason !== undefined;
        const content = (
          <>
            {entry.icon && (
              <span aria-hidden="true" className="size-5 flex-none text-fg-3 [&>svg]:size-5">
                {entry.icon}
              </span>
            )}
            <span className="min-w-0 flex-1">
              {entry.label}
              {off && <span className="block text-phone-meta text-fg-3">{entry.disabledReason}</span>}
            </span>
            {entry.end && <span className="text-phone-meta text-fg-3 tabular-nums">{entry.end}</span>}
            {entry.checked && <Check className="size-5 text-accent" aria-hidden="true" />}
          </>
        );
        const className = clsx(
          ROW,
          off && 'text-fg-3',
          entry.tone === 'danger' && !off && 'text-danger-text [&_svg]:text-danger-text',
        );
        const done = () => {
          onDone();
          entry.onSelect?.();
        };
        if (entry.href && !off)
          return entry.external ? (
            <a key={entry.id} href={entry.href} className={className} onClick={done}>
              {content}
            </a>
          ) : (
            <Link key={entry.id} href={entry.href} className={className} onClick={done}>
              {content}
            </Link>
          );
        return (
          <button
            key={entry.id}
            type="button"
            aria-disabled={off || undefined}
            aria-pressed={entry.checked}
            className={className}
            onClick={off ? undefined : done}
          >
            {content}
          </button>
        );
      })}
    </>
  );
}
