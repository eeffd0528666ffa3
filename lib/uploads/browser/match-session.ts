import { lastName, namesMatch } from './item-names.ts';
import type { OpenSession } from './types.ts';

/** File systems and databases keep times more or less finely. 1 s. */
const timeToleranceMs = 1000;

export type FileFacts = { name: string; size: number; lastModified: number };

/**
 * Why this file cannot continue that upload, as facts for the sentence "This is another file: …"; null when it can.
 * The checksum of the first stored part is asked for after this, when parts are stored.
 */
export type Mismatch =
  | { what: 'size'; have: number; want: number }
  | { what: 'name'; have: string; want: string }
  | { what: 'time'; have: number; want: number }
  | { what: 'content' };

export function findMismatch(
  session: Pick<OpenSession, 'path' | 'size' | 'modifiedAt'>,
  file: FileFacts,
): Mismatch | null {
  if (session.size !== file.size) return { what: 'size', have: file.size, want: session.size };
  const name = lastName(session.path);
  if (!namesMatch(name, file.name)) return { what: 'name', have: file.name, want: name };
  if (session.modifiedAt !== null) {
    const want = Date.parse(session.modifiedAt);
    if (Math.abs(want - file.lastModified) >= timeToleranceMs) return { what: 'time', have: file.lastModified, want };
  }
  return null;
}

/** The unfinished upload that this file belongs to: the one to the same path first. */
export function findSession(
  sessions: readonly OpenSession[],
  library: string,
  path: string,
  file: FileFacts,
): OpenSession | null {
  const found = sessions.filter((s) => s.library === library && s.size === file.size && findMismatch(s, file) === null);
  return found.find((s) => s.path === path) ?? found[0] ?? null;
}

/** Uploads in parts are continued one by one; small files that were never sent only wait to be chosen again, all together. */
export function splitSessions(sessions: readonly OpenSession[]): { large: OpenSession[]; small: OpenSession[] } {
  return {
    large: sessions.filter((session) => session.kind === 'multipart'),
    small: sessions.filter((session) => session.kind === 'single'),
  };
}
