/**
 * Where to go after sign-in: a path of this site and nothing else, so that a crafted link cannot lead to another one (open redirect).
 * Browsers read `\` as `/` and drop tabs and line breaks inside URLs, so `/\evil.example` and `/<tab>/evil.example` are other sites too.
 */
export function safeReturnPath(given: string | null | undefined, fallback = '/'): string {
  if (!given || given.length > 4096 || !given.startsWith('/')) return fallback;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  if (/[\u0000-\u001f\u007f\\]/.test(given) || given.startsWith('//')) return fallback;
  const base = 'http://strata.invalid';
  if (!URL.canParse(given, base)) return fallback;
  const url = new URL(given, base);
  // Dot segments may fold into "//host" (for example "/.//evil.example"), which would be read as another site when sent as a path.
  if (url.origin !== base || url.pathname.startsWith('//')) return fallback;
  const path = url.pathname + url.search + url.hash;
  return isAuthPath(url.pathname) ? fallback : path;
}

/** Coming back to the sign-in page, or to an address that is no page, helps nobody. */
function isAuthPath(pathname: string): boolean {
  return /^\/(sign-in|api)(\/|$)/.test(pathname);
}
