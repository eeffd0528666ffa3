'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { announce } from '#components/shell/announce.ts';
import { useShortcut } from '#components/shell/shortcuts.ts';
import { formatMoment } from '#components/ui/format-time.ts';
import { api } from '#lib/http/api-client.ts';
import { pastReason } from './moment.ts';
import { useMoment } from './use-moment.ts';

const day = 86_400_000;
/** Bars of the line, and how much closer one look is. */
const bars = 60;
const closer = 6;

/**
 * Looking back from a folder: the moment in the address, what leads to it and away from it, and when there is something to see. Call it
 * before the other hooks that take Esc: the key leaves the past when nothing else is to be closed.
 */
export function useLookBack(library: string, path: string) {
  const { at, differs, setMoment, setDiffers } = useMoment();
  const on = at !== null;
  const [span, setSpan] = useState<{ from: string; to: string } | null>(null);
  /** Focus goes to the knob when one came by a key or button, not when the page came with a moment. */
  const arriving = useRef(false);

  const timeline = useQuery({
    queryKey: ['timeline', library, path, span] as const,
    queryFn: ({ signal }) => {
      const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
      const input = { library, path, zone, bars, ...span };
      return api('GET /libraries/{library}/timeline', input, { signal });
    },
    enabled: on,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
  const around = useQuery({
    queryKey: ['timeline', library, path, 'around', at] as const,
    queryFn: ({ signal }) =>
      api('GET /libraries/{library}/timeline/around', { library, path, at: at ?? '' }, { signal }),
    enabled: on,
    staleTime: 60_000,
  });

  const enter = useCallback(() => {
    arriving.current = true;
    setMoment(new Date().toISOString(), true);
  }, [setMoment]);
  const leave = useCallback(() => {
    setSpan(null);
    setMoment(null, true);
    announce('Back to now');
  }, [setMoment]);
  const go = useCallback(
    (next: string) => {
      const time = Math.min(Date.parse(next), Date.now());
      // What lies outside of a closer look ends it.
      setSpan((now) => (now && (time < Date.parse(now.from) || time > Date.parse(now.to)) ? null : now));
      setMoment(new Date(time).toISOString());
    },
    [setMoment],
  );
  useShortcut('lookBack', on ? leave : enter);
  useShortcut('clear', on ? leave : null);
  // What the keys below would do belongs to the present.
  const refuse = () => announce(pastReason, { urgent: true });
  useShortcut('undo', on ? refuse : null);
  useShortcut('upload', on ? refuse : null);
  useShortcut('newFolder', on ? refuse : null);
  const wasOn = useRef(on);
  useEffect(() => {
    // The button that led back is gone with the past, and took focus along.
    if (!on && wasOn.current && document.activeElement === document.body)
      document.querySelector<HTMLElement>('[data-enter-past]')?.focus();
    wasOn.current = on;
  }, [on]);

  const said = useRef(at);
  useEffect(() => {
    if (said.current !== at && at !== null) announce(`As of ${formatMoment(at)}`);
    said.current = at;
  }, [at]);

  const view = timeline.data ?? null;
  const zoom = (way: 'in' | 'out') => {
    if (at === null || !view?.from) return;
    const from = Date.parse(view.bars[0]?.from ?? view.from);
    const to = Date.parse(view.to);
    const length = (to - from) * (way === 'in' ? 1 / closer : closer);
    const middle = Math.min(Math.max(Date.parse(at), from), to);
    const end = Math.min(Date.now(), middle + length / 2);
    setSpan(way === 'out' ? null : { from: new Date(end - length).toISOString(), to: new Date(end).toISOString() });
  };
  return {
    at,
    /** Whether only what differs from now is shown. */
    differs,
    setDiffers,
    enter,
    leave,
    go,
    arriving,
    timeline: view,
    timelineFailed: timeline.isError,
    earlier: around.data?.earlier ?? null,
    later: around.data?.later ?? null,
    /** Why one cannot step from change to change, in words; undefined where one can. */
    whyNoSteps: around.data && !around.data.known ? 'Too much lies below to step through it' : undefined,
    zoomed: span !== null,
    zoom,
    /** By keys on the knob: a change, a day, the first and the last. */
    step: (to: 'earlier' | 'later' | 'dayBefore' | 'dayAfter' | 'first' | 'last') => {
      if (at === null) return;
      const time = Date.parse(at);
      const next = {
        earlier: around.data?.earlier ?? null,
        later: around.data?.later ?? null,
        dayBefore: new Date(time - day).toISOString(),
        dayAfter: new Date(time + day).toISOString(),
        first: view?.from ?? null,
        last: new Date().toISOString(),
      }[to];
      if (next !== null) go(next);
      else announce(to === 'earlier' ? 'No earlier change' : 'No later change');
    },
  };
}
export type LookBack = ReturnType<typeof useLookBack>;
