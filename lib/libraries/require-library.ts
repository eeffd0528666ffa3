import type { Actor } from '#lib/auth/actor.ts';
import { db } from '#lib/db.ts';
import { AppError, notFound } from '#lib/errors.ts';
import type { StoreCapabilities } from '#lib/storage/types.ts';

/** What features need to know of a library. */
export type LibraryContext = {
  id: bigint;
  slug: string;
  name: string;
  bucket: string;
  rootPrefix: string;
  versioning: 'enabled' | 'suspended' | 'off';
  /** When the index last agreed with the bucket as a whole; null: never. */
  indexedAt: Date | null;
  capabilities: StoreCapabilities;
  /** A policy refuses parts of uploads that do not name their encryption. */
  partsNameEncryption: boolean;
  /** At the last look. */
  failingGuardrails: number;
};

const select = {
  id: true,
  slug: true,
  name: true,
  bucket: true,
  rootPrefix: true,
  versioning: true,
  indexedAt: true,
  partsNameEncryption: true,
  failingGuardrails: true,
  store: { select: { capabilities: true } },
} as const;

type Row = Omit<LibraryContext, 'versioning' | 'capabilities'> & {
  versioning: string;
  store: { capabilities: unknown };
};

function toContext({ store, versioning, ...row }: Row): LibraryContext {
  return {
    ...row,
    versioning: versioning as LibraryContext['versioning'],
    capabilities: store.capabilities as StoreCapabilities,
  };
}

/** The library of a slug, if the actor has any grant in it. @throws AppError not_found */
export async function requireLibrary(actor: Actor, slug: string): Promise<LibraryContext> {
  const row = await db().library.findUnique({ where: { slug }, select });
  if (!row || !actor.grants.some((grant) => grant.libraryId === row.id)) throw notFound('The library');
  return toContext(row);
}

/** By id, for workers and for rows that were already authorised. @throws AppError not_found */
export async function requireLibraryById(id: bigint): Promise<LibraryContext> {
  const row = await db().library.findUnique({ where: { id }, select });
  if (!row) throw notFound('The library');
  return toContext(row);
}

/** Why nothing may be written here, in words; null when it may. */
export function readOnlyReason(library: LibraryContext): string | null {
  if (library.versioning === 'enabled') return null;
  return `Versioning of the bucket ${library.bucket} is ${library.versioning}, so a change could lose what was there. It is read-only until an admin switches versioning on.`;
}

/** @throws AppError wrong_state when the bucket is not versioned (DESIGN section 8) */
export function requireWritable(library: LibraryContext): void {
  const reason = readOnlyReason(library);
  if (reason) throw new AppError('wrong_state', reason);
}
