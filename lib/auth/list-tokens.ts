import { db } from '#lib/db.ts';
import type { Actor } from './actor.ts';
import type { TokenView } from './schema.ts';

export const tokenFields = {
  id: true,
  name: true,
  hint: true,
  createdAt: true,
  lastUsedAt: true,
  expiresAt: true,
} as const;

type Row = { id: bigint; name: string; hint: string; createdAt: Date; lastUsedAt: Date | null; expiresAt: Date | null };

export function toTokenView(row: Row): TokenView {
  return {
    id: String(row.id),
    name: row.name,
    hint: row.hint,
    createdAt: row.createdAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    expiresAt: row.expiresAt?.toISOString() ?? null,
  };
}

/** The caller's tokens that were not revoked, newest first; expired ones too, so that one sees why a program stopped. At most `maxTokens`. */
export async function listTokens(actor: Actor): Promise<{ tokens: TokenView[]; nextCursor: null }> {
  const rows = await db().apiToken.findMany({
    where: { userId: actor.userId, revokedAt: null },
    select: tokenFields,
    orderBy: { id: 'desc' },
  });
  return { tokens: rows.map(toTokenView), nextCursor: null };
}
