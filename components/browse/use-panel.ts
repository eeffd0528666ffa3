'use client';

import { useRouter } from 'next/navigation';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Entry } from '#lib/assets/schema.ts';
import { isAsset } from './entry-key.ts';
import type { Collection } from './use-collection.ts';
import { useDetailsChoice } from './use-details-choice.ts';
import type { useFolderUrl } from './use-folder-url.ts';

/** Ms in which a second click may come (the systems' usual is 500, people take half of it): until then nothing moves under the pointer. */
const secondClickMs = 260;

/** The details panel: which file is in it (the address says), what opens and closes it, and that it follows the choice. */
export function usePanel(url: ReturnType<typeof useFolderUrl>, collection: Collection, phone: boolean) {
  const router = useRouter();
  const { asset: assetId, setAsset } = url;
  const { chosen, goTo, tabStop } = collection;
  const [wanted, setWanted] = useDetailsChoice();
  const shown = assetId !== null;

  const stepped = useRef(false);
  const close = useCallback(() => {
    // On a phone opening was a step of its own; an address that came with an open file had none.
    if (stepped.current) router.back();
    else setAsset(null);
    stepped.current = false;
    if (tabStop !== -1) goTo(tabStop);
  }, [router, setAsset, tabStop, goTo]);

  const show = useCallback(
    (entry: Entry) => {
      if (!isAsset(entry)) return;
      stepped.current = phone;
      setAsset(entry.id, phone);
    },
    [setAsset, phone],
  );

  const [coming, setComing] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const stay = useCallback(() => {
    if (timer.current) clearTimeout(timer.current);
    timer.current = null;
    setComing(false);
  }, []);
  useEffect(() => stay, [stay]);
  /** Opens it for a click: after the time of a double click, since it takes the place that the pictures have. */
  const showSoon = useCallback(
    (entry: Entry) => {
      stay();
      setComing(true);
      timer.current = setTimeout(() => {
        stay();
        show(entry);
      }, secondClickMs);
    },
    [show, stay],
  );

  const [only] = chosen.entries;
  const onlyId = chosen.count === 1 && only && isAsset(only) ? only.id : null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: when the choice changes, not when the address does
  useEffect(() => {
    if (onlyId !== null && shown && assetId !== onlyId && !phone) setAsset(onlyId);
  }, [onlyId]);

  const toggle = useCallback(() => {
    if (shown) {
      setWanted(false);
      close();
      return;
    }
    setWanted(true);
    const entry = collection.listing.at(collection.tabStop);
    if (entry) show(entry);
  }, [shown, setWanted, close, collection, show]);

  return { shown, coming, wanted, close, show, showSoon, stay, toggle };
}
