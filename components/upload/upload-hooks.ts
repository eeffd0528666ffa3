'use client';

import { useEffect, useRef, useSyncExternalStore } from 'react';
import { browserEngine } from '#lib/uploads/browser/browser-engine.ts';
import { splitSessions } from '#lib/uploads/browser/match-session.ts';
import type { UploadItem } from '#lib/uploads/browser/types.ts';
import type { UploadEngine } from '#lib/uploads/browser/upload-engine.ts';
import { emptySnapshot, type UploadSnapshot } from '#lib/uploads/browser/upload-store.ts';

/** The tab's upload engine. Only in effects and event handlers: there is none on the server. */
export function uploadEngine(): UploadEngine {
  return browserEngine();
}

const subscribe = (listener: () => void) => browserEngine().subscribe(listener);
const current = () => browserEngine().snapshot();
const none = () => emptySnapshot;

/** What the engine is doing, at most ten times a second. */
export function useUploadSnapshot(): UploadSnapshot {
  return useSyncExternalStore(subscribe, current, none);
}

/** Files that a person must decide about; drawn again only when these change. */
export function useClashes(): readonly UploadItem[] {
  return useSyncExternalStore(
    subscribe,
    () => current().clashes,
    () => emptySnapshot.clashes,
  );
}

/** Files that match an unfinished upload elsewhere. */
export function useOffers(): readonly UploadItem[] {
  return useSyncExternalStore(
    subscribe,
    () => current().offers,
    () => emptySnapshot.offers,
  );
}

/** Unfinished large uploads of the past that can be continued: for "2 to continue". Null until the server was asked. */
export function useContinueCount(): number | null {
  return useSyncExternalStore(
    subscribe,
    () => {
      const { sessions } = current();
      return sessions && splitSessions(sessions).large.length;
    },
    () => null,
  );
}

/** Runs for every file that is verified and in the library; `item.asset` is its entry, to be put into a listing. */
export function useUploadCompleted(listener: (item: UploadItem) => void): void {
  const latest = useRef(listener);
  useEffect(() => {
    latest.current = listener;
  });
  useEffect(() => browserEngine().onCompleted((item) => latest.current(item)), []);
}
