export type ThemeChoice = 'system' | 'light' | 'dark';

export const THEME_COOKIE = 'strata_theme';

/** The choice kept in the cookie; anything unknown means "as the system". */
export function themeFromCookie(value: string | undefined): ThemeChoice {
  return value === 'light' || value === 'dark' ? value : 'system';
}

/** Runs before first paint, with the nonce of the request. A choice is already on <html> from the server; only "system" needs the browser. */
export const THEME_SCRIPT = `(function(){var d=document.documentElement;if(!d.dataset.theme)d.dataset.theme=matchMedia('(prefers-color-scheme: dark)').matches?'dark':'light'})()`;
