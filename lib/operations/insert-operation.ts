import { recordAudit } from '#lib/audit/record-audit.ts';
import type { Actor, RoleName } from '#lib/auth/actor.ts';
import type { Tx } from '#lib/db.ts';
import { recordChange } from '#lib/indexing/record-change.ts';
import { enqueue } from '#lib/jobs/enqueue.ts';
import { type PlannedItem, summarisePlan } from './plan-summary.ts';
import type { OperationParams, OperationTypeName } from './schema.ts';

/** Up to this many items and bytes of copies run inside the request; more run in the worker (DESIGN section 5). */
export const inlineItems = 50;
export const inlineBytes = 256 * 1024 * 1024;
/** Rows of one INSERT. */
const insertChunk = 2_000;

export type NewOperation = {
  libraryId: bigint;
  type: OperationTypeName;
  items: PlannedItem[];
  /** Looked at and as they should be: counted in the plan, no items. */
  unchanged?: number;
  params: OperationParams;
  selected?: string[];
  /** Asked again for each batch while it runs. */
  role: RoleName;
  clientId: string | null;
  /** Planned only: frozen until it is started. */
  planned: boolean;
  undoOfId: bigint | null;
  undoOfUploadId?: string;
  /** Waits for this operation to end. */
  afterId?: bigint | null;
};
export type InsertedOperation = { id: bigint; runs: 'inline' | 'worker' | 'not' };

/** How much of it is still to be done decides where it runs. */
export function whereToRun(type: OperationTypeName, pending: number, bytesToCopy: number): 'inline' | 'worker' {
  // Only the worker destroys content (DESIGN section 10).
  if (type === 'purge') return 'worker';
  return pending <= inlineItems && bytesToCopy <= inlineBytes ? 'inline' : 'worker';
}

/**
 * Writes an operation with its items, its audit fact and, when it is large, its job: all or nothing.
 * A plan with nothing to do is finished at once.
 */
export async function insertOperation(tx: Tx, actor: Actor, input: NewOperation): Promise<InsertedOperation> {
  const plan = summarisePlan(input.items);
  plan.counts.unchanged += input.unchanged ?? 0;
  const pending = input.items.filter((item) => item.state === 'pending');
  const runs = input.planned || pending.length === 0 ? 'not' : whereToRun(input.type, pending.length, plan.bytesToCopy);
  const conflicts = input.items.filter((item) => item.state === 'conflict').length;
  const atOnce = conflicts === 0 ? 'succeeded' : conflicts === input.items.length ? 'failed' : 'partial';
  const finished = !input.planned && runs === 'not';
  const operation = await tx.operation.create({
    data: {
      libraryId: input.libraryId,
      userId: actor.userId,
      type: typeInDatabase[input.type],
      state: input.planned ? 'planned' : finished ? atOnce : 'queued',
      params: { ...input.params, role: input.role, ...(input.selected ? { selected: input.selected } : {}) },
      plan,
      undoOfId: input.undoOfId,
      ...(input.undoOfUploadId ? { undoOfUploadId: input.undoOfUploadId } : {}),
      afterId: input.afterId ?? null,
      clientId: input.clientId,
      finishedAt: finished ? new Date() : null,
    },
    select: { id: true },
  });
  for (let at = 0; at < input.items.length; at += insertChunk) {
    await insertItems(tx, operation.id, input.items.slice(at, at + insertChunk), at);
  }
  if (!input.planned) {
    const origin = oneOrigin(pending, input.params);
    const from = origin === null ? {} : { from: origin };
    const bytes = pending.reduce((sum, item) => sum + item.bytes, 0);
    // People count files; the objects of folders count only where there is nothing else.
    const total = pending.length - plan.counts.folder || pending.length;
    await recordAudit(
      tx,
      actor,
      input.undoOfId === null && !input.undoOfUploadId
        ? { type: 'operation.started', operation: input.type, total, bytes, ...told(input.params), ...from }
        : {
            type: 'operation.undone',
            operation: input.type,
            undoOf: String(input.undoOfId ?? input.undoOfUploadId),
            total,
            ...from,
          },
      { libraryId: input.libraryId, path: plan.scope, operationId: operation.id },
    );
  }
  if (runs === 'worker') await enqueueRun(tx, operation.id);
  await recordChange(tx, input.libraryId, 'operation', operation.id, plan.scope);
  return { id: operation.id, runs };
}

/** Where the one thing that moves or is copied comes from: a file, or a folder that gets a new name. Null for several. */
function oneOrigin(items: PlannedItem[], { to, name }: OperationParams): string | null {
  const [first] = items;
  if (first?.fromPath === undefined) return null;
  const target = `${to ?? ''}${name ?? ''}`;
  if (items.length === 1 && first.path === target) return first.fromPath;
  if (name !== undefined && first.path.startsWith(`${target}/`)) {
    return first.fromPath.slice(0, first.fromPath.length - (first.path.length - target.length - 1));
  }
  return items.length === 1 ? first.fromPath : null;
}

/** What the activity tells of a change beside its count. */
export function told({ to, name, add, remove, at, storageClass, ghosts }: OperationParams): {
  to?: string;
  name?: string;
  add?: string[];
  remove?: string[];
  at?: string;
  storageClass?: string;
  ghosts?: string;
} {
  return {
    ...(to === undefined ? {} : { to }),
    ...(name === undefined ? {} : { name }),
    ...(add === undefined ? {} : { add }),
    ...(remove === undefined ? {} : { remove }),
    ...(at === undefined ? {} : { at }),
    ...(storageClass === undefined ? {} : { storageClass }),
    ...(ghosts === undefined ? {} : { ghosts: ghosts.kind }),
  };
}

/** One waiting job an operation: a second one takes the place of the first. */
export async function enqueueRun(tx: Parameters<typeof enqueue>[0], operationId: bigint, runAt?: Date): Promise<void> {
  const options = { jobKey: `run-operation:${operationId}`, ...(runAt ? { runAt } : {}) };
  await enqueue(tx, 'run-operation', { operationId: String(operationId) }, options);
}

/** Prisma's enum names cannot hold a dash. */
export const typeInDatabase = {
  trash: 'trash',
  untrash: 'untrash',
  'restore-version': 'restore_version',
  'restore-to-time': 'restore_to_time',
  'create-folder': 'create_folder',
  move: 'move',
  copy: 'copy',
  tag: 'tag',
  purge: 'purge',
  reencrypt: 'reencrypt',
  reclass: 'reclass',
} as const;

async function insertItems(tx: Tx, operationId: bigint, items: PlannedItem[], from: number): Promise<void> {
  const rows = items.map((item, index) => ({
    position: from + index,
    key: item.key,
    path: item.path,
    fromPath: item.fromPath ?? null,
    undoes: item.undoes ?? null,
    state: item.state,
    step: item.step,
    bytes: item.bytes,
    errorCode: item.error?.code ?? null,
    errorDetail: item.error?.detail ?? null,
  }));
  await tx.$executeRaw`
    INSERT INTO "OperationItem" ("operationId", "position", "key", "path", "fromPath", "undoes", "state", "step", "bytes", "errorCode", "errorDetail", "finishedAt")
    SELECT ${operationId}, r."position", r."key", r."path", r."fromPath", r."undoes", r."state"::"ItemState", r."step", r."bytes", r."errorCode", r."errorDetail",
      CASE WHEN r."state" = 'pending' THEN NULL ELSE now() END
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r("position" int, "key" text, "path" text, "fromPath" text, "undoes" int, "state" text, "step" jsonb,
      "bytes" bigint, "errorCode" text, "errorDetail" text)`;
}
