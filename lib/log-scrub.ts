/** Shapes of secrets wherever they stand in a line: signatures of presigned URLs, bearer and API tokens, passwords in addresses. */
const shapes: [RegExp, string][] = [
  [/(X-Amz-(?:Signature|Credential|Security-Token)=)[^&\s"\\]+/gi, '$1…'],
  [/(Signature=)[0-9a-f]{16,}/g, '$1…'],
  [/(\bBearer\s+)[^\s"\\]+/gi, '$1…'],
  [/\bstrata_[\w-]{43}/g, 'strata_…'],
  [/(\w+:\/\/[^\s:/"@]*:)[^\s@/"]+@/g, '$1…@'],
  [/((?:session-token|csrf-token|csrfToken)["']?[=:]\s*["']?)[^;\s"'\\]+/gi, '$1…'],
];

/**
 * Takes secrets out of a line of the log. Nothing passes them to the log on purpose; errors of libraries may carry a request with them.
 * @param known values from the environment that must never appear
 */
export function scrubLine(line: string, known: readonly string[]): string {
  let clean = line;
  for (const secret of known) clean = clean.replaceAll(secret, '…');
  for (const [shape, by] of shapes) clean = clean.replace(shape, by);
  return clean;
}
