'use client';

import { Dialog as Base } from '@base-ui/react/dialog';
import clsx from 'clsx';
import { X } from 'lucide-react';
import { type ReactElement, type ReactNode, useRef } from 'react';
import { CloseOnBack } from './close-on-back.tsx';
import { SCRIM_CLASS } from './dialog.tsx';
import { IconButton } from './icon-button.tsx';
import { useDragToClose } from './use-drag-to-close.ts';
import { useFocusBack } from './use-focus-back.ts';

export interface BottomSheetProps {
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  title: ReactNode;
  description?: ReactNode;
  trigger?: ReactElement<Record<string, unknown>>;
  /** Buttons in thumb reach, above the safe area. */
  footer?: ReactNode;
  /** As high as its content, or 70 % of the screen at once. */
  height?: 'content' | 'tall';
  children?: ReactNode;
}

export type BottomSheetPopupProps = Omit<BottomSheetProps, 'trigger' | 'open'> & { open: boolean };

/** What slides in, with a grab handle and a close button. Fetched when the page is idle: `BottomSheet` opens it. */
export function BottomSheetPopup({
  open,
  onOpenChange,
  title,
  description,
  footer,
  height = 'content',
  children,
}: BottomSheetPopupProps) {
  const sheet = useRef<HTMLDivElement>(null);
  const actions = useRef<{ unmount: () => void; close: () => void } | null>(null);
  const drag = useDragToClose(sheet, () => actions.current?.close());
  useFocusBack(sheet, open);
  return (
    <Base.Root open={open} onOpenChange={(next) => onOpenChange?.(next)} actionsRef={actions}>
      <Base.Portal>
        <Base.Backdrop className={SCRIM_CLASS} />
        <Base.Popup
          ref={sheet}
          className={clsx(
            'focus-none fixed inset-x-0 bottom-0 z-dialog flex flex-col rounded-t-[20px] bg-sheet text-ui text-fg shadow-4',
            'transition-[transform,translate] duration-panel ease-out data-ending-style:translate-y-full data-starting-style:translate-y-full',
            height === 'tall' ? 'h-[70dvh]' : 'max-h-[85dvh]',
          )}
        >
          <div {...drag} className="flex h-5 flex-none touch-none items-center justify-center">
            <span className="h-1 w-9 rounded-full bg-line-2" />
          </div>
          <header className="flex-none pr-14 pb-2 pl-5">
            <Base.Title className="text-phone-title [overflow-wrap:anywhere]">{title}</Base.Title>
            {description && <Base.Description className="text-phone-meta text-fg-3">{description}</Base.Description>}
          </header>
          <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-5 pb-[calc(12px+env(safe-area-inset-bottom))]">
            {children}
          </div>
          {footer && (
            <footer className="flex flex-none gap-2 px-5 pt-2 pb-[calc(16px+env(safe-area-inset-bottom))] [&>*]:flex-1">
              {footer}
            </footer>
          )}
          <CloseOnBack close={() => actions.current?.close()} />
          {/* last in the order of focus, so that the sheet opens on its content */}
          <Base.Close
            render={<IconButton label="Close" icon={<X />} size="touch" />}
            className="absolute! top-2.5 right-2"
          />
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
