'use client';

import { useEffect, useSyncExternalStore } from 'react';
import { THEME_COOKIE, type ThemeChoice, themeFromCookie } from './theme-script.ts';

const YEAR_S = 31_536_000;
const listeners = new Set<() => void>();

function readChoice(): ThemeChoice {
  return themeFromCookie(document.cookie.match(new RegExp(`(?:^|; )${THEME_COOKIE}=(\\w+)`))?.[1]);
}

function paint(choice: ThemeChoice) {
  const dark = choice === 'system' ? matchMedia('(prefers-color-scheme: dark)').matches : choice === 'dark';
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
}

/** The theme as chosen, and the way to choose: kept in a cookie, so that the server sends the right one next time. */
export function useTheme(): [choice: ThemeChoice, choose: (choice: ThemeChoice) => void] {
  const choice = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    readChoice,
    () => 'system' as const,
  );
  return [
    choice,
    (next) => {
      // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in all browsers yet
      document.cookie = `${THEME_COOKIE}=${next}; path=/; max-age=${next === 'system' ? 0 : YEAR_S}; samesite=lax`;
      paint(next);
      for (const listener of listeners) listener();
    },
  ];
}

/** Follows the system while the choice is "system". Mounted once. */
export function useSystemTheme(): void {
  useEffect(() => {
    const list = matchMedia('(prefers-color-scheme: dark)');
    const follow = () => paint(readChoice());
    list.addEventListener('change', follow);
    return () => list.removeEventListener('change', follow);
  }, []);
}
