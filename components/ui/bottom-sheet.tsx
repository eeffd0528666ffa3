'use client';

import { cloneElement, type MouseEvent, useState } from 'react';
import type { BottomSheetProps } from './bottom-sheet-popup.tsx';
import { onDemand } from './on-demand.tsx';

const Popup = onDemand(() => import('./bottom-sheet-popup.tsx').then((part) => part.BottomSheetPopup));

/** A sheet from the foot of a phone. Until it is first opened it costs no more than its button. */
export function BottomSheet({ open, onOpenChange, trigger, ...rest }: BottomSheetProps) {
  const [own, setOwn] = useState(false);
  const isOpen = open ?? own;
  // Once it was open it stays, so that it can close as it opened.
  const [wasOpen, setWasOpen] = useState(isOpen);
  if (isOpen && !wasOpen) setWasOpen(true);
  const setOpen = (next: boolean) => {
    setOwn(next);
    onOpenChange?.(next);
  };
  return (
    <>
      {trigger &&
        cloneElement(trigger, {
          'aria-haspopup': 'dialog',
          'aria-expanded': isOpen,
          'data-popup-open': isOpen ? '' : undefined,
          onClick: (event: MouseEvent) => {
            (trigger.props.onClick as ((event: MouseEvent) => void) | undefined)?.(event);
            if (!event.defaultPrevented) setOpen(true);
          },
        })}
      {wasOpen && <Popup {...rest} open={isOpen} onOpenChange={setOpen} />}
    </>
  );
}
