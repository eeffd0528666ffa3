'use client';

import { Dialog as Base } from '@base-ui/react/dialog';
import { useRef } from 'react';
import { OpenViewer, type ViewerProps } from './open-viewer.tsx';

/** The open file, over the whole page; nothing while none is open. */
export function Viewer(props: ViewerProps) {
  const { look, close } = props.url;
  const { collection } = props;
  const last = useRef<string | null>(null);
  if (look !== null) last.current = look;
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
          finalFocus={() => {
            // The tile of the file that was looked at last, which may be another one than was opened.
            if (last.current !== null) collection.focusEntry(`a${last.current}`);
            return false;
          }}
          className="focus-none fixed inset-0 z-dialog bg-stage text-ui text-fg transition-opacity duration-quick data-ending-style:opacity-0 data-starting-style:opacity-0"
        >
          {look !== null && <OpenViewer {...props} id={look} />}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
