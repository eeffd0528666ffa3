import { expect, test } from 'vitest';
import { THEME_SCRIPT, themeFromCookie } from './theme-script.ts';

test.each([
  ['light', 'light'],
  ['dark', 'dark'],
  [undefined, 'system'],
  ['"><script>', 'system'],
])('cookie %s is %s', (cookie, choice) => expect(themeFromCookie(cookie)).toBe(choice));

/** Runs the script against a stand-in for the document. */
function paintedBy(chosen: string | undefined, systemIsDark: boolean): string | undefined {
  const dataset: { theme?: string } = chosen ? { theme: chosen } : {};
  new Function('document', 'matchMedia', THEME_SCRIPT)({ documentElement: { dataset } }, () => ({
    matches: systemIsDark,
  }));
  return dataset.theme;
}

test('before the first paint the system decides only where the server had no choice', () => {
  expect(paintedBy(undefined, true)).toBe('dark');
  expect(paintedBy(undefined, false)).toBe('light');
  expect(paintedBy('light', true)).toBe('light');
});
