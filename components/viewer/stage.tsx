'use client';

import { TriangleAlert } from 'lucide-react';
import dynamic from 'next/dynamic';
import type { RefObject } from 'react';
import { Note } from '#components/ui/note.tsx';
import { CompareStage, type CompareWay, type Side } from './compare-stage.tsx';
import { MediaStage } from './media-stage.tsx';
import { NoStage, type ThawOffer } from './no-stage.tsx';
import { PictureStage } from './picture-stage.tsx';
import { planStage, type Shown, type Stage as StagePlan } from './plan-stage.ts';
import { TextStage } from './text-stage.tsx';
import type { ZoomControl } from './use-zoom.ts';

// Half a megabyte that only those load who open a PDF, and the search for differences likewise.
const PdfStage = dynamic(() => import('./pdf-stage.tsx'), { ssr: false });
const TextCompare = dynamic(() => import('./text-compare.tsx'), { ssr: false });

export interface StageProps {
  shown: Shown;
  stage: StagePlan;
  compare: { a: Side; b: Side; way: CompareWay; flipped: boolean } | null;
  control: RefObject<ZoomControl | null>;
  onZoom: (text: string) => void;
  onSwipe: (way: 'left' | 'right' | 'down') => void;
  download: () => void;
  /** Where what is shown is an older version. */
  thaw: ThawOffer | null;
}

/** What stands in the middle of the viewer, by what the file is. */
export function Stage({ shown, stage, compare, control, onZoom, onSwipe, download, thaw }: StageProps) {
  if (compare) {
    const ways = [planStage(compare.a.shown).way, planStage(compare.b.shown).way];
    if (ways.every((way) => way === 'text')) return <TextCompare a={compare.a.shown} b={compare.b.shown} />;
    if (ways.every((way) => way === 'picture')) return <CompareStage {...compare} control={control} onZoom={onZoom} />;
    // Films and documents are compared by their facts; the one above is shown.
  }
  switch (stage.way) {
    case 'picture':
      return (
        <>
          <PictureStage
            key={`${shown.id} ${shown.versionId}`}
            shown={shown}
            original={stage.original}
            preview={stage.preview}
            control={control}
            onZoom={onZoom}
            onSwipe={onSwipe}
          />
          <PictureNote shown={shown} original={stage.original} />
        </>
      );
    case 'video':
    case 'audio':
      return <MediaStage key={`${shown.id} ${shown.versionId}`} shown={shown} way={stage.way} download={download} />;
    case 'pdf':
      return <PdfStage key={shown.versionId} shown={shown} control={control} onZoom={onZoom} download={download} />;
    case 'text':
      return <TextStage shown={shown} why={stage.why} />;
    case 'none':
      return <NoStage way="none" why={stage.why} download={download} />;
    default:
      return <NoStage way={stage.way} why="" download={download} thaw={thaw} />;
  }
}

/** Over the picture: that it is damaged, or that this is not the file itself. */
function PictureNote({ shown, original }: { shown: Shown; original: boolean }) {
  const text =
    shown.problem ??
    (original
      ? null
      : shown.kind === 'video'
        ? 'Browsers cannot play this kind of film. This is a picture from it; download it to watch it.'
        : shown.contentType === 'image/svg+xml'
          ? 'This is a picture of the drawing: nothing in the file runs here. Download it for the drawing itself.'
          : 'Browsers cannot show this kind of file. This is a preview; download it to see all of it.');
  if (text === null) return null;
  return (
    <div className="pointer-events-none absolute inset-x-0 bottom-3 flex justify-center px-4">
      <Note tone={shown.problem === null ? 'plain' : 'warning'} icon={<TriangleAlert />} className="bg-raised shadow-3">
        {text}
      </Note>
    </div>
  );
}
