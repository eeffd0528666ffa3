'use client';

import { useId } from 'react';
import { contactLine, phaseOf } from '#components/ui/core-plan.ts';

/** Pixels. The core of UI.md section 2 lies on its deepest band, and fills from the foot up. */
const [width, height, band] = [48, 168, 28];
const depths = [1, 2, 3, 4, 5, 6];

/** How much of a bucket is indexed, as layers that are laid down one on the other. A picture only: the words stand beside it. */
export function FillingCore({ progress, seed }: { progress: number; seed: string }) {
  const id = useId();
  const top = height * (1 - Math.min(1, Math.max(0, progress)));
  return (
    <svg
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      aria-hidden="true"
      className="block flex-none"
    >
      <defs>
        <clipPath id={`${id}c`}>
          <rect width={width} height={height} rx="8" />
        </clipPath>
        <clipPath id={`${id}f`}>
          <path d={`${contactLine(top, width, phaseOf(seed))} L${width} ${height + 8} L0 ${height + 8} Z`} />
        </clipPath>
        <pattern id={`${id}h`} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <path d="M0 0v5" stroke="var(--text-3)" strokeWidth="1.4" opacity=".55" />
        </pattern>
      </defs>
      <g clipPath={`url(#${id}c)`}>
        <rect width={width} height={height} fill="var(--sunken)" />
        <rect width={width} height={height} fill={`url(#${id}h)`} opacity=".6" />
        <g clipPath={progress >= 1 ? undefined : `url(#${id}f)`}>
          {(progress > 0 ? depths : []).map((depth, at) => {
            const from = at * band;
            const edge =
              at === 0 ? `M0 ${from - 4} L${width} ${from - 4}` : contactLine(from, width, phaseOf(seed + depth));
            return (
              <g key={depth}>
                <path d={`${edge} L${width} ${height} L0 ${height} Z`} fill={`var(--depth-${depth})`} />
                {at > 0 && <path d={edge} fill="none" stroke="var(--sheet)" strokeWidth="2" />}
              </g>
            );
          })}
        </g>
      </g>
    </svg>
  );
}
