'use client';

import clsx from 'clsx';
import { ArrowLeft, ArrowRight, Braces, HardDriveUpload } from 'lucide-react';
import Link from 'next/link';
import { browseHref } from '#components/browse/browse-href.ts';
import { Page } from '#components/shell/page.tsx';
import { formatBytes, formatCount, formatDuration, formatPlural } from '#components/ui/format.ts';
import { Note } from '#components/ui/note.tsx';
import { Time } from '#components/ui/time.tsx';
import { nameOf, parentFolder } from '#lib/libraries/path-rules.ts';
import type { UploadFlow } from '#lib/uploads/schema.ts';

type Step = UploadFlow['steps'][number];

const words: Record<Step['step'], (flow: UploadFlow) => string> = {
  start: () => 'The browser asks, and gets a signed link',
  sign: () => 'The browser asks for a fresh link',
  parts: () => 'The browser asks for links of parts',
  bytes: ({ partCount }) =>
    partCount ? `The file goes in ${formatPlural(partCount, 'part')}` : 'The file goes in one piece',
  complete: () => 'Strata asks the store what arrived, and says so',
};

/** One real upload in two lanes: what went through the app, and what went straight to the store. */
export function FlowPage({ flow }: { flow: UploadFlow }) {
  const { library, path, day } = flow;
  return (
    <Page
      title="Data flow"
      facts={
        <>
          {nameOf(path)}, <Time at={flow.at} />
        </>
      }
      back={{ href: `/activity/${library}`, label: 'Activity' }}
      layout="column"
    >
      <div className="grid gap-6">
        <section aria-labelledby="flow-routes">
          <h2 id="flow-routes" className="text-title">
            {/* Also what a keyboard reaches in the page, so that it can be scrolled. */}
            <Link href={browseHref(library, parentFolder(path))} className="rounded-1 hover:underline">
              <bdi className="[overflow-wrap:anywhere]">{nameOf(path)}</bdi>
            </Link>
          </h2>
          <p className="mb-3 text-fg-2">
            The links are small JSON through Strata. The file itself goes from the browser to the store, and Strata
            never touches a byte of it.
          </p>
          <Routes app={flow.appBytes} store={flow.storeBytes} />
        </section>
        <section aria-labelledby="flow-steps">
          <h2 id="flow-steps" className="mb-2 text-title">
            Step by step
          </h2>
          {flow.steps.length === 0 ? (
            <Note>
              <b>The calls of this upload are not kept any more.</b> They are for a week, and only of uploads that this
              version of Strata took.
            </Note>
          ) : (
            <Lanes flow={flow} />
          )}
        </section>
        {day.files > 0 && (
          <section aria-labelledby="flow-day">
            <h2 id="flow-day" className="text-title">
              That day in the library
            </h2>
            <p className="mb-3 text-fg-2">
              {formatPlural(day.files, 'file')} in {formatPlural(day.calls, 'call')} to Strata, on {day.date} (UTC).
            </p>
            <Routes app={day.appBytes} store={day.storeBytes} />
          </section>
        )}
      </div>
    </Page>
  );
}

/** Two bars to one scale. A sliver of two pixels is the least that can be seen. */
function Routes({ app, store }: { app: number; store: number }) {
  const most = Math.max(app, store, 1);
  const all = app + store;
  return (
    <dl className="grid gap-2">
      {(
        [
          ['Through Strata', app, 'bg-depth-4'],
          ['Straight to the store', store, 'bg-accent'],
        ] as const
      ).map(([label, bytes, tone]) => (
        <div key={label} className="grid grid-cols-[minmax(0,1fr)_auto] items-baseline gap-x-3 gap-y-1">
          <dt className="text-label">{label}</dt>
          <dd className="text-meta text-fg-2 tabular-nums">
            {formatBytes(bytes)}
            {bytes === app && all > 0 && `, ${shareOf(bytes / all)} of all`}
          </dd>
          <div aria-hidden="true" className="col-span-2 h-2.5 overflow-hidden rounded-1 bg-sunken">
            <div className={clsx('h-full min-w-0.5 rounded-1', tone)} style={{ width: `${(bytes / most) * 100}%` }} />
          </div>
        </div>
      ))}
    </dl>
  );
}

/** "0.006 %": a share so small that whole percents would round it away. */
const shareOf = (share: number) => `${(share * 100).toLocaleString('en-US', { maximumSignificantDigits: 1 })}\u202f%`;

/** Browser, Strata and store as three lines; each step an arrow between two of them. */
function Lanes({ flow }: { flow: UploadFlow }) {
  return (
    <div className="overflow-hidden rounded-3 border border-line">
      <div aria-hidden="true" className="grid grid-cols-3 border-b border-line bg-sunken py-2 text-center text-label">
        <span>Browser</span>
        <span>Strata</span>
        <span>Store</span>
      </div>
      <ol>
        {flow.steps.map((step, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: steps are told in their order and have no other name
          <li key={index} className="border-line py-2.5 not-first:border-t">
            <Arrow step={step} />
            <p className="mt-1.5 flex flex-wrap items-baseline gap-x-2 px-3">
              <span className="text-label">{words[step.step](flow)}</span>
              <span className="text-meta text-fg-3 tabular-nums">{factsOf(step)}</span>
            </p>
          </li>
        ))}
      </ol>
    </div>
  );
}

/** From the line of the browser to that of Strata or, past it, of the store: line centres are at 1/6, 3/6 and 5/6. */
function Arrow({ step }: { step: Step }) {
  const toStore = step.route === 'store';
  const Icon = toStore ? HardDriveUpload : Braces;
  return (
    <div aria-hidden="true" className="relative h-6">
      {['left-1/6', 'left-3/6', 'left-5/6'].map((place) => (
        <span key={place} className={clsx('absolute -top-2.5 bottom-0 w-px bg-line', place)} />
      ))}
      <span
        className={clsx(
          'absolute top-1/2 left-1/6 flex -translate-y-1/2 items-center',
          toStore ? 'right-1/6 text-accent-text' : 'right-3/6 text-fg-2',
        )}
      >
        {!toStore && <ArrowLeft className="-mr-1 size-3.5 flex-none" />}
        <span className={clsx('flex-1 rounded-full', toStore ? 'h-1.5 bg-accent' : 'h-0.5 bg-depth-4')} />
        <ArrowRight className="-ml-1 size-3.5 flex-none" />
        <span className="absolute inset-x-0 mx-auto grid size-6 place-items-center rounded-full border border-line bg-sheet">
          <Icon className="size-3.5" />
        </span>
      </span>
    </div>
  );
}

function factsOf({ route, ms, bytesUp, bytesDown, files }: Step): string {
  const took = ms === null ? null : ms < 1_000 ? `${formatCount(ms)} ms` : formatDuration(ms / 1_000);
  const weight =
    route === 'store' ? formatBytes(bytesUp) : `${formatBytes(bytesUp)} up, ${formatBytes(bytesDown)} down`;
  const shared = files > 1 ? `its share of a call for ${formatCount(files)} files` : null;
  return [weight, took, shared].filter(Boolean).join(', ');
}
