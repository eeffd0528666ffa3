import type { WriteCondition } from './types.ts';

/** ETags travel with quotes, and are kept without. */
export const quoteEtag = (etag: string) => `"${etag}"`;
export const unquoteEtag = (etag: string) => etag.replace(/^"|"$/g, '');

/** Request headers, lower-case, as they are signed. */
export function conditionHeaders(condition: WriteCondition): Record<string, string> {
  return 'ifNoneMatch' in condition ? { 'if-none-match': '*' } : { 'if-match': quoteEtag(condition.ifMatch) };
}

/** The same as parameters of an SDK command. */
export function conditionParams(condition: WriteCondition | undefined): { IfNoneMatch?: string; IfMatch?: string } {
  if (!condition) return {};
  return 'ifNoneMatch' in condition ? { IfNoneMatch: '*' } : { IfMatch: quoteEtag(condition.ifMatch) };
}
