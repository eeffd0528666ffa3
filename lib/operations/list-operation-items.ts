import type * as z from 'zod';
import { roleAt } from '#lib/auth/access.ts';
import type { Actor } from '#lib/auth/actor.ts';
import { db } from '#lib/db.ts';
import { decodeCursor, encodeCursor } from '#lib/http/cursor.ts';
import { requireOperation } from './find-operation.ts';
import type { operationItemView } from './schema.ts';
import { operationStep } from './steps.ts';
import type { ItemState } from './stored-types.ts';

const pageSize = 100;
const isPosition = (value: unknown): value is number => Number.isSafeInteger(value);

function clashOf(step: unknown, seen: boolean): z.infer<typeof operationItemView>['clash'] {
  const parsed = operationStep.parse(step);
  return seen && parsed.kind === 'nothing' ? (parsed.clash ?? null) : null;
}

/** The journal of an operation in the order of its keys. Items on paths that the actor may no longer see are left out. */
export async function listOperationItems(
  actor: Actor,
  input: { id: string; state?: ItemState | undefined; cursor?: string | undefined },
): Promise<{ items: z.infer<typeof operationItemView>[]; nextCursor: string | null }> {
  const operation = await requireOperation(actor, input.id);
  const after = input.cursor ? decodeCursor(input.cursor, isPosition) : -1;
  const rows = await db().operationItem.findMany({
    where: { operationId: operation.id, position: { gt: after }, ...(input.state ? { state: input.state } : {}) },
    orderBy: { position: 'asc' },
    take: pageSize + 1,
    select: {
      step: true,
      position: true,
      path: true,
      fromPath: true,
      state: true,
      bytes: true,
      errorCode: true,
      errorDetail: true,
    },
  });
  const page = rows.slice(0, pageSize);
  const last = page.at(-1);
  return {
    items: page
      .filter((row) => roleAt(actor, operation.libraryId, row.path) !== null)
      .map((row) => ({
        position: row.position,
        path: row.path,
        from: row.fromPath !== null && roleAt(actor, operation.libraryId, row.fromPath) !== null ? row.fromPath : null,
        clash: clashOf(row.step, row.fromPath !== null && roleAt(actor, operation.libraryId, row.fromPath) !== null),
        state: row.state,
        bytes: Number(row.bytes),
        error: row.errorCode === null ? null : { code: row.errorCode, detail: row.errorDetail ?? '' },
      })),
    nextCursor: rows.length > pageSize && last ? encodeCursor(last.position) : null,
  };
}
