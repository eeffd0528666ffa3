'use client';

import type { PDFDocumentProxy } from 'pdfjs-dist';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { formatPlural } from '#components/ui/format.ts';
import { NoStage } from './no-stage.tsx';
import { openPdf } from './open-pdf.ts';
import { Picture } from './picture.tsx';
import type { Shown } from './plan-stage.ts';
import { useSize, type ZoomControl } from './use-zoom.ts';

const step = 1.25;
const widest = 5;
/** Px beside a page: room for the arrows, which a phone has not. */
const air = (width: number) => (width < 600 ? 8 : 52);

export interface PdfStageProps {
  shown: Shown;
  control: RefObject<ZoomControl | null>;
  onZoom: (text: string) => void;
  download: () => void;
}

/** A PDF, page under page; only pages near the screen are drawn. The first page's picture stands there until it is open. */
export default function PdfStage({ shown, control, onZoom, download }: PdfStageProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const size = useSize(scroller);
  const [pdf, setPdf] = useState<PDFDocumentProxy | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [zoom, setZoom] = useState(1);
  useEffect(() => {
    const { document, close } = openPdf(shown);
    let gone = false;
    document.then(
      (opened) => !gone && setPdf(opened),
      (error: Error) => {
        if (!gone)
          setProblem(
            /password/i.test(error.message) ? 'It is protected by a password.' : `It cannot be read: ${error.message}`,
          );
      },
    );
    return () => {
      gone = true;
      close();
    };
  }, [shown]);
  useEffect(() => {
    control.current = {
      whole: true,
      fit: () => setZoom(1),
      hundred: () => setZoom(1),
      larger: () => setZoom((now) => Math.min(widest, now * step)),
      smaller: () => setZoom((now) => Math.max(0.5, now / step)),
      move: () => {},
    };
  }, [control]);
  useEffect(() => onZoom(zoom === 1 ? 'Fit' : `${Math.round(zoom * 100)} %`), [zoom, onZoom]);
  if (problem) return <NoStage way="none" why={problem} download={download} />;
  const width = size ? Math.min(900, size.width - 2 * air(size.width)) * zoom : 0;
  return (
    <div
      ref={scroller}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must get there
      tabIndex={0}
      data-keys="own"
      className="absolute inset-0 overflow-auto"
    >
      <p className="sr-only" role="status">
        {pdf ? formatPlural(pdf.numPages, 'page') : 'Opening the document'}
      </p>
      <div className="mx-auto grid w-fit gap-5 py-5">
        {pdf && size
          ? Array.from({ length: pdf.numPages }, (_, at) => at + 1).map((number) => (
              <PdfPage key={number} pdf={pdf} number={number} width={width} root={scroller} first={shown} />
            ))
          : size &&
            shown.thumbnailUrl !== null && (
              <div className="relative overflow-hidden rounded-1 shadow-2" style={boxOf(width, shown)}>
                <Picture shown={shown} original={false} preview drawnPixels={0} />
              </div>
            )}
      </div>
    </div>
  );
}

const boxOf = (width: number, { width: across, height: down }: { width: number | null; height: number | null }) => ({
  width,
  height: width * (across && down ? down / across : Math.SQRT2),
});

function PdfPage({
  pdf,
  number,
  width,
  root,
  first,
}: {
  pdf: PDFDocumentProxy;
  number: number;
  width: number;
  root: RefObject<HTMLElement | null>;
  first: Shown;
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [near, setNear] = useState(false);
  const [shape, setShape] = useState<{ width: number; height: number } | null>(null);
  useEffect(() => {
    if (!canvas.current) return;
    const observer = new IntersectionObserver(([entry]) => setNear(entry?.isIntersecting ?? false), {
      root: root.current,
      rootMargin: '800px',
    });
    observer.observe(canvas.current);
    return () => observer.disconnect();
  }, [root]);
  useEffect(() => {
    const target = canvas.current;
    if (!near || !target || width <= 0) return;
    let gone = false;
    let stop = () => {};
    void (async () => {
      const page = await pdf.getPage(number);
      if (gone) return;
      const natural = page.getViewport({ scale: 1 });
      setShape(natural);
      const ratio = Math.min(2, window.devicePixelRatio);
      const viewport = page.getViewport({ scale: (width / natural.width) * ratio });
      // Drawn aside, so that the page that stands there is not blank in between.
      const aside = document.createElement('canvas');
      aside.width = Math.floor(viewport.width);
      aside.height = Math.floor(viewport.height);
      const task = page.render({ canvas: aside, viewport });
      stop = () => task.cancel();
      await task.promise;
      if (gone) return;
      target.width = aside.width;
      target.height = aside.height;
      target.getContext('2d')?.drawImage(aside, 0, 0);
    })().catch((error: Error) => {
      // A page that left the screen is not drawn to its end.
      if (!gone && error.name !== 'RenderingCancelledException')
        target.title = `This page cannot be drawn: ${error.message}`;
    });
    return () => {
      gone = true;
      stop();
    };
  }, [near, pdf, number, width]);
  return (
    <canvas
      ref={canvas}
      role="img"
      aria-label={`Page ${number}`}
      style={boxOf(width, shape ?? first)}
      className="block rounded-1 bg-on-photo shadow-2"
    />
  );
}
