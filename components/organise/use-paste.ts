'use client';

import { useCallback, useEffect } from 'react';
import type { ActionContext } from '#components/browse/actions/action.ts';
import { whyNotWritable } from '#components/browse/library-context.tsx';
import { announce } from '#components/shell/announce.ts';
import { useShortcut } from '#components/shell/shortcuts.ts';
import { nameOf } from '#lib/libraries/path-rules.ts';
import { currentClip, setClip, useClip } from './clipboard.ts';
import { transfer } from './transfer.tsx';
import { transferWords } from './transfer-words.ts';

/** Ctrl+V: files of the system are an upload; else what was copied or cut here comes to this folder. @returns null when nothing is held */
export function usePaste(context: ActionContext): { label: string; run: () => void } | null {
  const clip = useClip();
  const { library, folder } = context;
  const held = clip !== null && clip.library === library.slug;
  const paste = useCallback(() => {
    const now = currentClip();
    if (!now || now.library !== library.slug) return;
    const why = whyNotWritable(library, folder);
    if (why) return announce(why, { urgent: true });
    const where = folder === '' ? library.name : nameOf(folder);
    const { mode, selection, what } = now;
    // What was cut is somewhere else now; what was copied can be put again.
    if (mode === 'move') setClip(null);
    void transfer(context, { type: mode, selection, params: { to: folder }, words: transferWords(mode, what, where) });
  }, [context, library, folder]);
  // The key itself is left to the browser, which then tells whether files are in the clipboard.
  useShortcut('paste', held ? () => false : null);
  useEffect(() => {
    if (!held) return;
    const onPaste = (event: ClipboardEvent) => {
      const typing =
        event.target instanceof Element && event.target.closest('input, textarea, [contenteditable="true"]');
      if (event.defaultPrevented || typing || (event.clipboardData?.files.length ?? 0) > 0) return;
      event.preventDefault();
      paste();
    };
    document.addEventListener('paste', onPaste);
    return () => document.removeEventListener('paste', onPaste);
  }, [held, paste]);
  return held ? { label: `Paste ${clip.what}`, run: paste } : null;
}
