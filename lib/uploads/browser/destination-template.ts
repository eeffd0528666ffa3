/** What a destination may hold: the date of each file's last change, in this computer's time zone. */
export const placeholders = ['{yyyy}', '{mm}', '{dd}'] as const;

/**
 * What is wrong with a typed destination, in words; null when it can be used.
 * Whether the names in it are possible in the store is the server's to say.
 */
export function findTemplateProblem(template: string): string | null {
  if (template.startsWith('/')) return 'A destination starts with a folder name, not with a slash.';
  if (template !== '' && !template.endsWith('/')) return 'A destination is a folder: end it with a slash.';
  if (template.includes('//')) return 'A destination cannot hold two slashes in a row.';
  if (template.split('/').some((segment) => segment === '.' || segment === '..'))
    return 'A folder cannot be called "." or "..".';
  for (const [found] of template.matchAll(/\{[^{}/]*\}?/g)) {
    if (!(placeholders as readonly string[]).includes(found))
      return `${found} is not known. Use {yyyy}, {mm} and {dd}.`;
  }
  return null;
}

export function hasPlaceholder(template: string): boolean {
  return placeholders.some((p) => template.includes(p));
}

/** "photos/{yyyy}/{mm}/" and a file changed on 5 March 2026 → "photos/2026/03/". Local time, as file managers show it. */
export function resolveTemplate(template: string, lastModified: number): string {
  const date = new Date(lastModified);
  // A file without a usable time counts as changed now, rather than in 1970.
  const at = Number.isNaN(date.getTime()) ? new Date() : date;
  const two = (n: number) => String(n).padStart(2, '0');
  return template
    .replaceAll('{yyyy}', String(at.getFullYear()).padStart(4, '0'))
    .replaceAll('{mm}', two(at.getMonth() + 1))
    .replaceAll('{dd}', two(at.getDate()));
}
