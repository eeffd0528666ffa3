'use client';

import { Dialog as Base } from '@base-ui/react/dialog';
import clsx from 'clsx';
import { X } from 'lucide-react';
import { type ReactElement, type ReactNode, type RefObject, useRef, useState } from 'react';
import { CloseOnBack } from './close-on-back.tsx';
import { IconButton } from './icon-button.tsx';
import { useDragToClose } from './use-drag-to-close.ts';
import { useFocusBack } from './use-focus-back.ts';
import { useToastsAtFoot } from './use-toast-foot.ts';

export const SCRIM_CLASS =
  'fixed inset-0 z-dialog bg-scrim transition-opacity duration-panel ease-out data-ending-style:opacity-0 data-starting-style:opacity-0';

const WIDTHS = { small: 'sm:w-100', medium: 'sm:w-112', large: 'sm:w-135', plan: 'sm:w-205' };

export interface DialogProps {
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  title: ReactNode;
  /** One line of facts under the title. */
  description?: ReactNode;
  /** 400, 448, 540 or 820 px; a bottom sheet below 600. */
  width?: keyof typeof WIDTHS;
  /** Buttons at the right, the primary one last. Put what belongs at the left first, with `mr-auto`. */
  footer?: ReactNode;
  /** The element that opens it, where there is no state of your own. */
  trigger?: ReactElement<Record<string, unknown>>;
  initialFocus?: RefObject<HTMLElement | null>;
  /** Not closed by Esc or a click outside: only while something runs that must be answered. */
  sticky?: boolean;
  /** No close button on wide screens (there is a Cancel). The sheet on a phone always has one. */
  hideClose?: boolean;
  /** `alertdialog` for what cannot be undone. */
  role?: 'dialog' | 'alertdialog';
  children?: ReactNode;
}

/** A question over the page. Focus goes in, stays in, and returns to where it came from. */
export function Dialog({ open, onOpenChange, trigger, sticky, ...rest }: DialogProps) {
  const actions = useRef<{ unmount: () => void; close: () => void } | null>(null);
  const [own, setOwn] = useState(false);
  const isOpen = open ?? own;
  return (
    <Base.Root
      open={isOpen}
      onOpenChange={(next, details) => {
        if (sticky && !next && details.reason !== 'close-press') return details.cancel();
        setOwn(next);
        onOpenChange?.(next);
      }}
      actionsRef={actions}
      disablePointerDismissal={sticky}
    >
      {trigger && <Base.Trigger render={trigger} />}
      <Base.Portal>
        <Base.Backdrop className={SCRIM_CLASS} />
        <DialogSurface {...rest} open={isOpen} close={() => actions.current?.close()} />
      </Base.Portal>
    </Base.Root>
  );
}

function DialogSurface({
  open,
  title,
  description,
  width = 'medium',
  footer,
  initialFocus,
  hideClose,
  role = 'dialog',
  children,
  close,
}: Omit<DialogProps, 'open' | 'onOpenChange' | 'trigger' | 'sticky'> & { open: boolean; close: () => void }) {
  const sheet = useRef<HTMLDivElement>(null);
  useFocusBack(sheet, open);
  useToastsAtFoot(open);
  const drag = useDragToClose(sheet, close);
  return (
    <Base.Viewport className="fixed inset-0 z-dialog grid items-end justify-items-center overflow-hidden sm:items-center sm:p-4 sm:pb-[10vh]">
      <Base.Popup
        ref={sheet}
        role={role}
        initialFocus={initialFocus}
        className={clsx(
          'focus-none relative flex max-h-[min(100dvh-2rem,calc(100dvh-env(safe-area-inset-top)))] w-full min-w-0 flex-col rounded-5 bg-raised text-ui text-fg shadow-4',
          'transition-[transform,translate,opacity] duration-panel ease-out data-ending-style:opacity-0 data-starting-style:opacity-0',
          'sm:data-ending-style:translate-y-2 sm:data-starting-style:translate-y-2',
          'max-sm:rounded-b-none max-sm:rounded-t-[20px] max-sm:data-ending-style:translate-y-full max-sm:data-ending-style:opacity-100 max-sm:data-starting-style:translate-y-full max-sm:data-starting-style:opacity-100',
          WIDTHS[width],
        )}
      >
        <div {...drag} className="flex h-5 flex-none touch-none items-center justify-center sm:hidden">
          <span className="h-1 w-9 rounded-full bg-line-2" />
        </div>
        <header className="flex-none pt-4.5 pr-12 pb-2 pl-5 max-sm:pt-1 max-sm:pr-14">
          <Base.Title className="text-title [overflow-wrap:anywhere] max-sm:text-phone-title">{title}</Base.Title>
          {description && (
            <Base.Description className="text-meta text-fg-3 max-sm:text-phone-meta">{description}</Base.Description>
          )}
        </header>
        <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-5 py-1 text-fg-2 max-sm:safe-bottom">
          {children}
        </div>
        {footer ? (
          <footer className="flex flex-none flex-wrap items-center justify-end gap-2 px-5 pt-3 pb-4 max-sm:pb-[calc(16px+env(safe-area-inset-bottom))] max-sm:[&>button]:flex-1 max-sm:[&>label]:basis-full">
            {footer}
          </footer>
        ) : (
          <div className="h-4 flex-none" />
        )}
        <CloseOnBack close={close} />
        {/* last in the order of focus, so that a dialog opens on what it asks */}
        <Base.Close
          render={<IconButton label="Close" icon={<X />} keys="Esc" />}
          className={clsx('absolute! top-3.5 right-3 max-sm:top-3 max-sm:right-2', hideClose && 'sm:hidden')}
        />
      </Base.Popup>
    </Base.Viewport>
  );
}

/** Closes the dialog around it: `<DialogClose render={<Button>Cancel</Button>} />`. */
export const DialogClose = Base.Close;
