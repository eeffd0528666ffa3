'use client';

import { Ellipsis, X } from 'lucide-react';
import { type ReactNode, useMemo } from 'react';
import { formatBytes, formatCount } from '#components/ui/format.ts';
import { Menu } from '#components/ui/menu.tsx';
import { Tooltip } from '#components/ui/tooltip.tsx';
import { usePhone } from '#components/ui/use-media.ts';
import { useToastFoot } from '#components/ui/use-toast-foot.ts';
import type { ActionContext, Chosen } from './actions/action.ts';
import { actionMenu } from './actions/action-menu.ts';
import { entryActions, isOffered, whyNotNow } from './actions/all-actions.ts';
import { bytesOf } from './entry-key.ts';

/** What is chosen, and what can be done with it: floats above the foot of the content; in place of the tab bar on a phone. */
export function SelectionBar({
  chosen,
  actions,
  clear,
  note,
}: {
  chosen: Chosen;
  actions: ActionContext;
  clear: () => void;
  /** After "select all" in a folder that is not loaded to its end. */
  note?: ReactNode;
}) {
  const phone = usePhone();
  const bytes = useMemo(() => bytesOf(chosen.entries), [chosen.entries]);
  const buttons = entryActions.filter((action) => action.bar !== undefined && isOffered(action, chosen, actions));
  const more = entryActions.some((action) => action.bar === undefined && isOffered(action, chosen, actions));
  // 40 px and the space below; on a phone it takes the place of the tab bar, whose height toasts know.
  useToastFoot(phone ? 6 : 46);
  return (
    <div
      role="toolbar"
      aria-label="Selection"
      data-region="selection"
      className="@container/bar pointer-events-none absolute inset-x-0 bottom-3.5 z-selection flex justify-center px-3 max-sm:fixed max-sm:bottom-0 max-sm:z-side max-sm:px-0"
    >
      <div className="group/bar pointer-events-auto relative flex h-10 max-w-full items-center gap-1 rounded-4 bg-inverse pr-1.5 pl-3.5 text-on-inverse shadow-3 [scrollbar-width:none] sm:overflow-x-auto max-sm:h-[calc(64px+env(safe-area-inset-bottom))] max-sm:w-full max-sm:justify-around max-sm:rounded-none max-sm:px-2 max-[359px]:gap-0 max-[359px]:px-1 max-sm:pb-[env(safe-area-inset-bottom)]">
        <span className="flex flex-none items-baseline gap-2 pr-2 whitespace-nowrap tabular-nums max-sm:flex-col max-sm:gap-0">
          <b className="font-semibold">
            {formatCount(chosen.count)}
            {/* On the narrowest screens the bar says by itself what is counted. */}
            <span className="max-[359px]:sr-only"> selected</span>
          </b>
          {chosen.entries.length === chosen.count && (
            <span className="text-meta opacity-70 group-has-data-note/bar:hidden max-sm:group-has-data-note/bar:block sm:@max-[640px]/bar:hidden">
              {formatBytes(bytes)}
            </span>
          )}
        </span>
        {note}
        <span className="mr-1 h-4 w-px bg-inverse-line max-sm:hidden" />
        {buttons.map((action) => (
          <Act
            key={action.id}
            icon={action.icon}
            label={action.bar ?? action.label(chosen)}
            short={action.phoneBar}
            why={whyNotNow(action, chosen, actions)}
            onClick={() => action.run(chosen, actions)}
          />
        ))}
        {more && (
          <Menu
            label="More"
            side="top"
            items={() => actionMenu(chosen, actions)}
            trigger={
              <button type="button" aria-label="More" className={ACT}>
                <Ellipsis />
              </button>
            }
          />
        )}
        <span className="mx-1 h-4 w-px bg-inverse-line max-sm:hidden" />
        <Tooltip label="Clear" keys="Esc">
          <button type="button" aria-label="Clear the selection" onClick={clear} className={ACT}>
            <X />
          </button>
        </Tooltip>
      </div>
    </div>
  );
}

const ACT =
  'inline-flex h-7 items-center gap-1.5 rounded-2 px-2 text-label whitespace-nowrap hover:bg-inverse-hover aria-disabled:opacity-45 data-popup-open:bg-inverse-hover [&>svg]:size-4 [&>svg]:flex-none ' +
  'max-sm:h-full max-sm:flex-col max-sm:justify-center max-sm:gap-1 max-sm:text-[0.6875rem] max-sm:leading-3.5 max-sm:[&>svg]:size-5 max-[359px]:px-1.5';

function Act({
  icon,
  label,
  short,
  why,
  onClick,
}: {
  icon: ReactNode;
  label: string;
  /** What is written where there is little room. */
  short: string | undefined;
  why: string | undefined;
  onClick: () => void;
}) {
  const button = (
    <button
      type="button"
      aria-label={short && label}
      aria-disabled={why ? true : undefined}
      onClick={why ? undefined : onClick}
      className={ACT}
    >
      {icon}
      {short ? (
        <>
          <span className="@max-[640px]/bar:hidden">{label}</span>
          <span className="@min-[640px]/bar:hidden">{short}</span>
        </>
      ) : (
        label
      )}
    </button>
  );
  return why ? <Tooltip label={why}>{button}</Tooltip> : button;
}
