'use client';

import { Dialog as Base } from '@base-ui/react/dialog';
import { useLayoutEffect, useRef } from 'react';
import { useToastsAtFoot } from '#components/ui/use-toast-foot.ts';
import { OpenViewer, type ViewerProps } from './open-viewer.tsx';

/** The open file, over the whole page; nothing while none is open. */
export function Viewer(props: ViewerProps) {
  const { look, close } = props.url;
  const { focusEntry } = props.collection;
  const last = useRef<string | null>(null);
  useLayoutEffect(() => {
    // The tile of the file that was looked at last, which may be another one than was opened; at once, while the viewer still fades.
    if (look === null && last.current !== null) focusEntry(`a${last.current}`);
    last.current = look;
  }, [look, focusEntry]);
  useToastsAtFoot(look !== null);
  return (
    <Base.Root
      open={look !== null}
      onOpenChange={(open, details) => {
        // Esc is one of our own keys: it leaves a comparison first.
        if (details.reason === 'escape-key') return details.cancel();
        if (!open) close();
      }}
    >
      <Base.Portal>
        <Base.Popup
          aria-label="Viewer"
          finalFocus={false}
          className="focus-none fixed inset-0 z-dialog bg-stage text-ui text-fg transition-opacity duration-quick data-ending-style:opacity-0 data-starting-style:opacity-0"
        >
          {look !== null && <OpenViewer {...props} id={look} />}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
