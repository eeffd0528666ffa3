import { createHash } from 'node:crypto';
import type { DocumentChange } from './plan-types.ts';

/** Of the documents as they are: a change that was planned on others is refused, so that nobody's edit is lost. */
export function revisionOf(documents: Pick<DocumentChange, 'kind' | 'name' | 'before'>[]): string {
  const text = JSON.stringify(documents.map(({ kind, name, before }) => [kind, name, before ?? null]));
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}
