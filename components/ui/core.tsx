'use client';

import { useEffect, useId, useRef } from 'react';
import { type CoreRow, contactLine, phaseOf } from './core-plan.ts';

export interface CoreProps {
  /** From `planCore`; the list beside it draws one row for each, of the same height. */
  rows: CoreRow[];
  /** 48, or 60 on a phone. */
  width?: 48 | 60;
  className?: string;
}

/** The history of one file as layers, newest on top. A picture only: beside it stands a real `<ol>`. */
export function Core({ rows, width = 48, className }: CoreProps) {
  const id = useId();
  const moving = useRef<SVGGElement>(null);
  const top = rows[0];
  const lastTop = useRef(top?.id);

  // A new version lies down on top and pushes the others; how long is the token's business (nothing, under reduced motion).
  useEffect(() => {
    const grew =
      lastTop.current !== undefined &&
      top !== undefined &&
      lastTop.current !== top.id &&
      rows.some((row) => row.id === lastTop.current);
    lastTop.current = top?.id;
    if (!grew || !moving.current || !top) return;
    const style = getComputedStyle(moving.current);
    moving.current.animate([{ transform: `translateY(${-top.height}px)` }, { transform: 'none' }], {
      duration: Number.parseFloat(style.getPropertyValue('--d-panel')) || 0,
      easing: style.getPropertyValue('--ease-out') || 'ease-out',
    });
  }, [rows, top]);

  const height = rows.reduce((sum, row) => sum + row.height, 0);
  let y = 0;
  const bands = rows.map((row, i) => {
    const from = y;
    y += row.height;
    return { row, from, line: i === 0 ? null : contactLine(from, width, phaseOf(row.id)) };
  });

  return (
    <svg
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      aria-hidden="true"
      className={className ?? 'block flex-none'}
    >
      <defs>
        <clipPath id={`${id}c`}>
          <rect width={width} height={height} rx={width === 60 ? 10 : 8} />
        </clipPath>
        <pattern id={`${id}h`} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <path d="M0 0v5" stroke="var(--text-3)" strokeWidth="1.4" opacity=".55" />
        </pattern>
        {bands.map(
          ({ line, row }, i) =>
            line && (
              <clipPath key={row.id} id={`${id}-${i}`}>
                <path d={`${line} L${width} ${height} L0 ${height} Z`} />
              </clipPath>
            ),
        )}
      </defs>
      <g clipPath={`url(#${id}c)`}>
        <g ref={moving}>
          {bands.map(({ row, from, line }, i) => (
            <g key={row.id} clipPath={line ? `url(#${id}-${i})` : undefined}>
              <Band row={row} from={from} width={width} height={height} hatch={`${id}h`} />
            </g>
          ))}
          {bands.map(
            ({ row, line }) => line && <path key={row.id} d={line} fill="none" stroke="var(--sheet)" strokeWidth="2" />,
          )}
        </g>
      </g>
    </svg>
  );
}

/** A band reaches 4 px above its line and down to the foot: what lies on top covers it. */
function Band({
  row,
  from,
  width,
  height,
  hatch,
}: {
  row: CoreRow;
  from: number;
  width: number;
  height: number;
  hatch: string;
}) {
  const top = from - 4;
  const rest = height - top;
  const own = row.height + 8;
  const colour = `var(--depth-${row.depth})`;
  if (row.kind === 'marker')
    return (
      <>
        <rect y={top} width={width} height={rest} fill="var(--sunken)" />
        <rect y={top} width={width} height={rest} fill={`url(#${hatch})`} />
      </>
    );
  return (
    <>
      <rect y={top} width={width} height={rest} fill={colour} />
      {row.thumbnailUrl && (
        <>
          {/* wider than the band, so that a landscape picture is cut from its middle */}
          <image
            href={row.thumbnailUrl}
            x={-6}
            y={top}
            width={width + 44}
            height={own}
            preserveAspectRatio="xMidYMid slice"
          />
          {row.tint > 0 && <rect y={top} width={width} height={own} fill={colour} opacity={row.tint} />}
        </>
      )}
      <rect y={top} width={4} height={rest} fill={colour} />
    </>
  );
}
