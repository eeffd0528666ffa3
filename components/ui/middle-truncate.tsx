'use client';

import clsx from 'clsx';
import { useEffect, useRef } from 'react';
import { graphemes, splitName } from './format-name.ts';

const ELLIPSIS = '\u2026';
let observer: ResizeObserver | undefined;
let pen: CanvasRenderingContext2D | null | undefined;

/** The width at which the head ends right after its ellipsis, so that no gap opens before the tail. Null when all of it fits. */
function fittingWidth(frame: HTMLElement): number | null {
  const [head, tail] = frame.children as unknown as [HTMLElement, HTMLElement];
  // Asked of the browser: widths in whole pixels would cut a name that fits to the pixel.
  if (head.scrollWidth <= head.clientWidth) return null;
  const room = frame.clientWidth - tail.offsetWidth;
  pen ??= document.createElement('canvas').getContext('2d');
  if (!pen || room <= 0) return null;
  const style = getComputedStyle(frame);
  pen.font = style.font;
  if ('letterSpacing' in pen) pen.letterSpacing = style.letterSpacing === 'normal' ? '0px' : style.letterSpacing;
  const measure = (text: string) => pen?.measureText(text).width ?? 0;
  const letters = graphemes(head.textContent ?? '');
  let fits = 0;
  let no = letters.length;
  while (no - fits > 1) {
    const middle = (fits + no) >> 1;
    if (measure(letters.slice(0, middle).join('') + ELLIPSIS) <= room - 0.5) fits = middle;
    else no = middle;
  }
  return Math.min(room, measure(letters.slice(0, fits).join('') + ELLIPSIS) + 0.5);
}

/**
 * One observer for all names. It lets go of every width, reads them all, and only then writes, so that a screen full of names is laid out
 * once, and a frame that is as wide as its name is not measured by what was cut before.
 */
function watch(frame: HTMLElement): () => void {
  observer ??= new ResizeObserver((entries) => {
    const frames = entries.map(({ target }) => target as HTMLElement);
    const setWidth = ({ firstElementChild }: HTMLElement, width: number | null) => {
      (firstElementChild as HTMLElement).style.width = width === null ? '' : `${width}px`;
    };
    for (const each of frames) setWidth(each, null);
    const widths = frames.map(fittingWidth);
    for (const [i, each] of frames.entries()) setWidth(each, widths[i] ?? null);
  });
  observer.observe(frame);
  return () => observer?.unobserve(frame);
}

/**
 * A name on one line, as given, shortened in the middle: the extension and 4 letters before it stay. The whole name is in the page
 * and in the tooltip. Give the row or tile around it an `aria-label` with the name: the joint may be read as a space.
 */
export function MiddleTruncate({ name, className }: { name: string; className?: string }) {
  const frame = useRef<HTMLElement>(null);
  const { head, tail } = splitName(name);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another name in the same element is measured again
  useEffect(() => (head && frame.current ? watch(frame.current) : undefined), [head, tail]);
  return (
    <bdi ref={frame} title={name} className={clsx('flex min-w-0 whitespace-pre', className)} dir="auto">
      {head && <span className="min-w-0 flex-initial overflow-hidden text-ellipsis whitespace-pre">{head}</span>}
      <span className={head ? 'flex-none' : 'truncate'}>{tail}</span>
    </bdi>
  );
}
