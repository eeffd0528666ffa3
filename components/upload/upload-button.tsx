'use client';

import { ArrowUpFromLine, CalendarDays, Camera, FileUp, FolderUp, Images } from 'lucide-react';
import { useRef, useState } from 'react';
import { useShortcut } from '#components/shell/shortcuts.ts';
import { Button } from '#components/ui/button.tsx';
import { Menu } from '#components/ui/menu.tsx';
import type { MenuEntry } from '#components/ui/menu-items.ts';
import { onDemand } from '#components/ui/on-demand.tsx';
import { usePhone } from '#components/ui/use-media.ts';
import type { Destination } from '#lib/uploads/browser/types.ts';
import { addPicked } from './add-files.ts';

const DestinationDialog = onDemand(() => import('./destination-dialog.tsx').then((part) => part.DestinationDialog));

export interface UploadButtonProps {
  library: string;
  /** Ends in "/", or "" for the root. */
  folder: string;
  /** Why nothing can be uploaded here, in words. */
  disabledReason?: string | null;
}

type Source = 'files' | 'folder' | 'photos' | 'camera';

/** "Upload" in the bar: files, a folder, or to a folder by date; on a phone the camera and the photos too. Key `u`. */
export function UploadButton({ library, folder, disabledReason }: UploadButtonProps) {
  const phone = usePhone();
  const [open, setOpen] = useState(false);
  const [dated, setDated] = useState(false);
  const inputs = useRef<Partial<Record<Source, HTMLInputElement | null>>>({});
  const destination = useRef<Destination | null>(null);
  useShortcut('upload', disabledReason ? null : () => setOpen(true));

  const choose = (source: Source, to: Destination = { library, folder }) => {
    destination.current = to;
    inputs.current[source]?.click();
  };
  const entries: MenuEntry[] = [
    ...(phone
      ? [
          { id: 'photos', label: 'Photos and videos', icon: <Images />, onSelect: () => choose('photos') },
          { id: 'camera', label: 'Take a photo', icon: <Camera />, onSelect: () => choose('camera') },
        ]
      : []),
    { id: 'files', label: phone ? 'Files' : 'Files…', icon: <FileUp />, onSelect: () => choose('files') },
    { id: 'folder', label: phone ? 'Folder' : 'Folder…', icon: <FolderUp />, onSelect: () => choose('folder') },
    { kind: 'line' },
    { id: 'dated', label: 'To a folder by date…', icon: <CalendarDays />, onSelect: () => setDated(true) },
  ];
  const input = (source: Source, more: Record<string, string | boolean>) => (
    <input
      type="file"
      hidden
      aria-label={`Choose ${source}`}
      data-upload={source}
      multiple={source !== 'camera'}
      ref={(element) => {
        inputs.current[source] = element;
      }}
      onChange={(event) => addPicked(event.currentTarget, destination.current ?? { library, folder })}
      {...more}
    />
  );
  const button = (
    <Button
      variant="primary"
      icon={<ArrowUpFromLine className="size-4" />}
      disabledReason={disabledReason ?? undefined}
      className="data-popup-open:bg-ink-hover!"
    >
      Upload
    </Button>
  );
  if (disabledReason) return button;
  return (
    <>
      <Menu label="Upload" items={entries} open={open} onOpenChange={setOpen} trigger={button} />
      {input('files', {})}
      {input('folder', { webkitdirectory: '' })}
      {input('photos', { accept: 'image/*,video/*' })}
      {input('camera', { accept: 'image/*', capture: 'environment' })}
      <DestinationDialog
        open={dated}
        onOpenChange={setDated}
        library={library}
        folder={folder}
        onChoose={(source, to) => choose(source, to)}
      />
    </>
  );
}
