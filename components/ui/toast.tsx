'use client';

import clsx from 'clsx';
import { Check, CircleAlert, X } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { createPortal } from 'react-dom';
import { IconButton } from './icon-button.tsx';
import {
  addToast,
  allToasts,
  closeToast,
  listenToToasts,
  shownToasts,
  TOAST_LIFE_MS,
  type ToastEntry,
} from './toast-store.ts';
import { useHydrated } from './use-media.ts';

export type { ToastInput } from './toast-store.ts';

const NONE: readonly ToastEntry[] = [];
const API = { add: addToast, close: closeToast };

/** `toasts.add({ title: '3 files moved to trash', action: { label: 'Undo', onClick } })`. Works outside React as `addToast`. */
export function useToasts() {
  return API;
}

/** Toasts at the foot of the page, above dock and selection bar, in a top layer of their own. F8 goes to the newest. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const all = useSyncExternalStore(listenToToasts, allToasts, () => NONE);
  const hydrated = useHydrated();
  const region = useRef<HTMLElement>(null);
  const cameFrom = useRef<HTMLElement | null>(null);
  const shown = shownToasts(all);

  useEffect(() => {
    const toNewest = (event: globalThis.KeyboardEvent) => {
      if (event.key !== 'F8') return;
      const newest = region.current?.querySelector<HTMLElement>('[data-toast]:last-child');
      if (!newest) return;
      event.preventDefault();
      if (!region.current?.contains(document.activeElement))
        cameFrom.current = document.activeElement as HTMLElement | null;
      (newest.querySelector<HTMLElement>('button') ?? newest).focus();
    };
    window.addEventListener('keydown', toNewest);
    return () => window.removeEventListener('keydown', toNewest);
  }, []);

  const close = (id: number) => {
    const inside = region.current?.contains(document.activeElement);
    closeToast(id);
    if (inside) cameFrom.current?.focus();
  };

  return (
    <>
      {children}
      {hydrated &&
        createPortal(
          <section
            ref={region}
            aria-label="Notifications"
            data-region="toasts"
            className="pointer-events-none fixed inset-x-3 bottom-[calc(16px+var(--foot,0px)+var(--bar-foot,0px))] sm:in-data-covered:bottom-4 z-toast mx-auto flex max-w-101 flex-col gap-3"
          >
            {shown.map((entry) => (
              <Toast key={entry.id} entry={entry} onClose={() => close(entry.id)} />
            ))}
          </section>,
          document.body,
        )}
    </>
  );
}

function Toast({ entry, onClose }: { entry: ToastEntry; onClose: () => void }) {
  const error = entry.kind === 'error';
  const [paused, setPaused] = useState(false);
  const left = useRef(TOAST_LIFE_MS);
  const close = useRef(onClose);
  close.current = onClose;

  useEffect(() => {
    if (error || paused || entry.stays) return;
    const began = performance.now();
    const timer = setTimeout(() => close.current(), left.current);
    return () => {
      clearTimeout(timer);
      left.current = Math.max(0, left.current - (performance.now() - began));
    };
  }, [error, paused, entry.stays]);

  // A toast in a hidden tab has not been seen yet.
  useEffect(() => {
    const seen = () => setPaused(document.hidden);
    document.addEventListener('visibilitychange', seen);
    return () => document.removeEventListener('visibilitychange', seen);
  }, []);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    onClose();
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a status that pauses while it is read; everything to press in it is a button
    <div
      data-toast=""
      role={error ? 'alert' : 'status'}
      aria-atomic="true"
      tabIndex={-1}
      onPointerEnter={() => setPaused(true)}
      onPointerLeave={() => setPaused(false)}
      onFocus={() => setPaused(true)}
      onBlur={() => setPaused(false)}
      onKeyDown={onKeyDown}
      className={clsx(
        'pointer-events-auto relative flex min-h-11 gap-2.5 overflow-clip rounded-4 bg-raised py-2.5 pr-2 pl-3.5 text-ui text-fg shadow-3',
        'transition-[opacity,translate] duration-panel ease-out starting:translate-y-2 starting:opacity-0',
        error ? 'items-start' : 'items-center',
      )}
    >
      <span
        aria-hidden="true"
        className={clsx('flex-none [&>svg]:size-4', error ? 'mt-0.5 text-danger-text' : 'text-fg-2')}
      >
        {entry.icon ?? (error ? <CircleAlert /> : <Check />)}
      </span>
      <div className="min-w-0 flex-1 [overflow-wrap:anywhere]">
        <span className={error ? 'font-semibold' : undefined}>{entry.title}</span>
        {entry.detail && <> {entry.detail}</>}
        {entry.requestId && <span className="mt-1 block type-code text-fg-3 select-all">req {entry.requestId}</span>}
      </div>
      {entry.action && (
        <button
          type="button"
          className="hit -my-0.5 flex-none rounded-1 px-1.5 py-0.5 text-ui font-semibold text-accent-text hover:bg-hover"
          onClick={() => {
            entry.action?.onClick();
            onClose();
          }}
        >
          {entry.action.label}
        </button>
      )}
      <IconButton label="Close" icon={<X />} size="mini" className="-my-0.5" onClick={onClose} tooltipSide="top" />
      {!error && !entry.stays && (
        <span
          aria-hidden="true"
          className="absolute bottom-0 left-0 h-0.5 w-full origin-left bg-accent opacity-70 motion-reduce:hidden"
          style={{
            animation: `toast-life ${TOAST_LIFE_MS}ms linear forwards`,
            animationPlayState: paused ? 'paused' : 'running',
          }}
        />
      )}
    </div>
  );
}
