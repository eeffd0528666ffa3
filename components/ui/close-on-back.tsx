'use client';

import { useEffect, useRef } from 'react';

/** https://html.spec.whatwg.org/#close-watchers; Chromium has it (126), Safari and Firefox do not yet. */
interface CloseWatcher {
  onclose: (() => void) | null;
  destroy(): void;
}

/** While it is in the page, the back gesture of a phone closes the sheet around it, and the page stays where it is. */
export function CloseOnBack({ close }: { close: () => void }) {
  const latest = useRef(close);
  useEffect(() => {
    latest.current = close;
  });
  useEffect(() => {
    const Watcher = (window as { CloseWatcher?: new () => CloseWatcher }).CloseWatcher;
    if (!Watcher || !matchMedia('(pointer: coarse)').matches) return;
    const watcher = new Watcher();
    watcher.onclose = () => latest.current();
    return () => watcher.destroy();
  }, []);
  return null;
}
