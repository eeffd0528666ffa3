'use client';

import clsx from 'clsx';
import { ArrowUpFromLine, CircleSlash } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { createPortal } from 'react-dom';
import { useHydrated } from '#components/ui/use-media.ts';
import { takePaste } from '#lib/uploads/browser/pasted-files.ts';
import { addDrop, addFiles } from './add-files.ts';
import { setDropOver, useDropOver } from './drop-store.ts';

/** A folder under the pointer springs open after this time, in ms (UI.md, Browse, grid). */
const springMs = 700;

export interface DropZoneProps {
  library: string;
  /** The folder of the page: ends in "/", or "" for the root. */
  folder: string;
  /** What the line says: the folder's or, for the root, the library's name. */
  folderName: string;
  /** Why nothing can be uploaded here, in words. Drops and pastes are then refused with it. */
  disabledReason?: string | null;
  /** A folder that was held under the pointer: go into it. */
  onSpring?: (path: string) => void;
}

/**
 * Takes files dropped anywhere in the window and files pasted, for the folder of this page. Put it anywhere inside a `Page`; it draws
 * its ring over the whole sheet. Elements with `useDropTarget` take a drop for themselves.
 */
export function DropZone({ library, folder, folderName, disabledReason, onSpring }: DropZoneProps) {
  const over = useDropOver();
  const hydrated = useHydrated();
  const latest = useRef({ library, folder, disabledReason, onSpring });
  useEffect(() => {
    latest.current = { library, folder, disabledReason, onSpring };
  });

  useEffect(() => {
    let spring: ReturnType<typeof setTimeout> | undefined;
    let leave: ReturnType<typeof setTimeout> | undefined;
    let held = '';

    const isFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true;
    const folderUnder = (event: DragEvent) =>
      event.target instanceof Element
        ? (event.target.closest<HTMLElement>('[data-drop-folder]')?.dataset.dropFolder ?? null)
        : null;

    const onOver = (event: DragEvent) => {
      if (!isFiles(event) || !event.dataTransfer) return;
      event.preventDefault();
      clearTimeout(leave);
      // A drag that leaves the window or is given up ends without an event in some browsers: then `dragover` stops coming.
      leave = setTimeout(end, 800);
      const refused = Boolean(latest.current.disabledReason);
      event.dataTransfer.dropEffect = refused ? 'none' : 'copy';
      const card = refused ? null : folderUnder(event);
      setDropOver({ folder: card ?? latest.current.folder, card: card !== null });
      if (card === held) return;
      held = card ?? '';
      clearTimeout(spring);
      if (card && latest.current.onSpring) spring = setTimeout(() => latest.current.onSpring?.(card), springMs);
    };
    const end = () => {
      clearTimeout(spring);
      clearTimeout(leave);
      held = '';
      setDropOver(null);
    };
    const onDrop = (event: DragEvent) => {
      if (!isFiles(event) || !event.dataTransfer) return;
      event.preventDefault();
      const target = folderUnder(event) ?? latest.current.folder;
      end();
      if (!latest.current.disabledReason)
        addDrop(event.dataTransfer, { library: latest.current.library, folder: target });
    };
    const onPaste = (event: ClipboardEvent) => {
      const into =
        event.target instanceof Element ? event.target.closest('input, textarea, [contenteditable="true"]') : null;
      if (into || !event.clipboardData || event.clipboardData.files.length === 0 || latest.current.disabledReason)
        return;
      event.preventDefault();
      addFiles(takePaste(event.clipboardData), { library: latest.current.library, folder: latest.current.folder });
    };
    const onLeave = (event: DragEvent) => {
      // Out of the window; between elements there is always a next one.
      if (event.relatedTarget === null) end();
    };
    document.addEventListener('dragover', onOver);
    document.addEventListener('dragleave', onLeave);
    document.addEventListener('drop', onDrop);
    document.addEventListener('paste', onPaste);
    return () => {
      end();
      document.removeEventListener('dragover', onOver);
      document.removeEventListener('dragleave', onLeave);
      document.removeEventListener('drop', onDrop);
      document.removeEventListener('paste', onPaste);
    };
  }, []);

  const sheet = hydrated ? document.getElementById('content')?.parentElement : null;
  if (!over || !sheet) return null;
  return createPortal(
    <div
      aria-hidden="true"
      className={clsx(
        'pointer-events-none absolute inset-0 z-drag grid items-end justify-items-center rounded-[inherit]',
        !over.card && !disabledReason && 'inset-ring-2 inset-ring-accent',
      )}
    >
      <span className="mb-6 flex items-center gap-2 rounded-4 bg-inverse px-4 py-2.5 text-label text-on-inverse shadow-3 [&>svg]:size-4">
        {disabledReason ? <CircleSlash /> : <ArrowUpFromLine />}
        {disabledReason ?? (
          <span>
            Upload to <bdi>{over.card ? lastFolder(over.folder) : folderName}</bdi>
          </span>
        )}
      </span>
    </div>,
    sheet,
  );
}

function lastFolder(path: string): string {
  return path.replace(/\/$/, '').split('/').pop() || path;
}
