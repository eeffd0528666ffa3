'use client';

import clsx from 'clsx';
import { useEffect, useId, useRef } from 'react';
import { contactLine, phaseOf } from '#components/ui/core-plan.ts';
import { Time } from '#components/ui/time.tsx';
import { fateSentence } from '#components/versions/fate-words.ts';
import { factsOf, titleOf, whoMade } from '#components/versions/version-words.ts';
import type { VersionView } from '#lib/versions/schema.ts';
import { planStrip, type StripBand } from './strip-plan.ts';
import { useSize } from './use-zoom.ts';

const height = 52;

export interface VersionStripProps {
  versions: VersionView[];
  /** The version that is looked at; while comparing it is B. */
  shown: string;
  /** The other side while comparing. */
  against: string | null;
  onPick: (version: VersionView) => void;
}

/** The history at the foot of the viewer: each version a band cut from its own picture, and a button to look at it. */
export function VersionStrip({ versions, shown, against, onPick }: VersionStripProps) {
  const element = useRef<HTMLDivElement>(null);
  const size = useSize(element);
  const bands = size ? planStrip(versions, size.width) : [];
  const last = bands.at(-1);
  const width = last ? last.left + last.width : 0;
  // The newest is what one looks at first.
  useEffect(() => {
    if (width > 0 && element.current) element.current.scrollLeft = width;
  }, [width]);
  return (
    <section
      ref={element}
      aria-label="Versions"
      className="h-34 flex-none overflow-x-auto overflow-y-hidden px-6 pb-3.5 [scrollbar-width:thin]"
    >
      {width > 0 && (
        <div className="relative h-30" style={{ width }}>
          <SideCore bands={bands} width={width} />
          <ol className="absolute inset-0 flex">
            {bands.map(({ version, id, width: own }) => {
              const side = version.versionId === against ? 'A' : version.versionId === shown ? 'B' : null;
              const picked = version.removedAt === null && side !== null;
              const dead = version.isDeleteMarker || version.removedAt !== null;
              return (
                <li key={id} style={{ width: own }} className="relative min-w-0 flex-none">
                  {against !== null && picked && <Pin side={side} />}
                  <button
                    type="button"
                    disabled={dead}
                    aria-label={`${factsOf(version)}, ${whoMade(version)}`}
                    title={version.goes ? fateSentence(version.goes) : undefined}
                    aria-current={picked || undefined}
                    onClick={() => onPick(version)}
                    className="focus-inset absolute inset-x-0 top-6 bottom-0 rounded-2 text-left"
                  >
                    {against === null && picked && (
                      <span className="absolute inset-x-0 top-0 h-13 rounded-3 inset-ring-2 inset-ring-accent" />
                    )}
                    <span className="absolute inset-x-0 top-13 block min-w-0 pt-1.5 pr-2.5 pl-0.5">
                      <span className={clsx('block truncate text-label leading-4', dead && 'text-fg-2')}>
                        {version.isDeleteMarker
                          ? version.cause === 'move'
                            ? 'Moved away'
                            : 'Deleted'
                          : titleOf(version)}
                      </span>
                      <span className="block truncate text-meta text-fg-2">
                        <Time at={version.modifiedAt} form="date" plain />,{' '}
                        <bdi>{version.by?.you ? 'you' : whoMade(version)}</bdi>
                      </span>
                    </span>
                  </button>
                </li>
              );
            })}
          </ol>
        </div>
      )}
    </section>
  );
}

export function Pin({ side }: { side: 'A' | 'B' }) {
  return (
    <span aria-hidden="true" className="absolute inset-x-0 top-0 flex justify-center">
      <SideMark side={side} />
    </span>
  );
}

/** A is then, B is what stands above it. */
export function SideMark({ side }: { side: 'A' | 'B' }) {
  return (
    <b
      className={clsx(
        'grid size-4.5 flex-none place-items-center rounded-1 text-micro font-semibold text-on-accent',
        side === 'A' ? 'bg-past text-on-past' : 'bg-accent',
      )}
    >
      {side}
    </b>
  );
}

/** Lines and their clips are those of the upright core, with x and y exchanged. */
const sideways = 'matrix(0 1 1 0 0 0)';

function SideCore({ bands, width }: { bands: StripBand[]; width: number }) {
  const id = useId();
  const drawn = bands.map((band, at) => ({
    ...band,
    line: at === 0 ? null : contactLine(band.left, height, phaseOf(band.id)),
  }));
  return (
    <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true" className="absolute top-6">
      <defs>
        <clipPath id={`${id}c`}>
          <rect width={width} height={height} rx="8" />
        </clipPath>
        <pattern id={`${id}h`} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <path d="M0 0v5" stroke="var(--text-3)" strokeWidth="1.4" opacity=".6" />
        </pattern>
        {drawn.map(
          ({ line }, at) =>
            line && (
              // biome-ignore lint/suspicious/noArrayIndexKey: ids in a drawing
              <clipPath key={at} id={`${id}-${at}`}>
                <path transform={sideways} d={`${line} L${height} ${width} L0 ${width} Z`} />
              </clipPath>
            ),
        )}
      </defs>
      <g clipPath={`url(#${id}c)`}>
        {drawn.map((band, at) => (
          <g key={band.id} clipPath={band.line ? `url(#${id}-${at})` : undefined}>
            <Band band={band} width={width} hatch={`${id}h`} />
          </g>
        ))}
        {drawn.map(
          ({ line, id: key }) =>
            line && (
              <path key={key} transform={sideways} d={line} fill="none" stroke="var(--stage)" strokeWidth="2.5" />
            ),
        )}
      </g>
    </svg>
  );
}

function Band({ band, width, hatch }: { band: StripBand; width: number; hatch: string }) {
  const x = band.left - 4;
  const rest = width - x;
  const colour = `var(--depth-${band.depth})`;
  if (band.hatched)
    return (
      <>
        <rect x={x} width={rest} height={height} fill="var(--sunken)" />
        <rect x={x} width={rest} height={height} fill={`url(#${hatch})`} />
      </>
    );
  return (
    <>
      <rect x={x} width={rest} height={height} fill={colour} />
      {band.version.thumbnailUrl && (
        <>
          <image
            href={band.version.thumbnailUrl}
            x={x}
            width={band.width + 8}
            height={height}
            preserveAspectRatio="xMidYMid slice"
          />
          {band.tint > 0 && <rect x={x} width={band.width + 8} height={height} fill={colour} opacity={band.tint} />}
        </>
      )}
      <rect x={x} y={height - 4} width={rest} height={4} fill={colour} />
    </>
  );
}
