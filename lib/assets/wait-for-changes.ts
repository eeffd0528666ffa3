import * as z from 'zod';
import { roleAt } from '#lib/auth/access.ts';
import type { Actor } from '#lib/auth/actor.ts';
import { decodeCursor, encodeCursor } from '#lib/http/cursor.ts';
import { requireLibrary } from '#lib/libraries/require-library.ts';
import { onLibraryChange } from './change-listener.ts';
import type { waitForChangesEndpoint } from './endpoints.ts';
import { type ChangePosition, type ChangeRow, presentPosition, readChanges } from './read-changes.ts';

type Answer = z.output<typeof waitForChangesEndpoint.output>;

/** Proxies cut silent requests at 30 s or 60 s. */
const longestWaitMs = 25_000;
/** How often to look again while an older transaction still runs in front of a committed change. */
const pendingPollMs = 150;
/** Changes are pruned after an hour (lib/jobs); a cursor near that age may have missed some. */
const oldestCursorMs = 50 * 60 * 1000;

const position = z.object({ xid: z.string().regex(/^\d{1,18}$/), id: z.string().regex(/^\d{1,18}$/), at: z.number() });
type Cursor = z.infer<typeof position>;

/**
 * What changed in a library since a cursor, as far as the actor may see it. Waits up to 25 s when nothing did, holding no connection.
 * Without a cursor it answers the present one at once. Changes may be told twice, never skipped; a cursor too old for that says `reset`.
 * @param options.signal ends the wait early, with what there is
 * @throws AppError not_found, invalid_request
 */
export async function waitForChanges(
  actor: Actor,
  input: { library: string; after?: string | undefined },
  options: { signal?: AbortSignal; longestWaitMs?: number } = {},
): Promise<Answer> {
  const library = await requireLibrary(actor, input.library);
  const started = Date.now();
  const cursorOf = ({ xid, id }: ChangePosition) => encodeCursor({ xid, id, at: Date.now() } satisfies Cursor);
  if (!input.after) return { changes: [], cursor: cursorOf(await presentPosition()), reset: false };

  const after = decodeCursor(input.after, (value): value is Cursor => position.safeParse(value).success);
  if (started - after.at > oldestCursorMs) {
    return { changes: [], cursor: cursorOf(await presentPosition()), reset: true };
  }

  const deadline = started + (options.longestWaitMs ?? longestWaitMs);
  const alarm = new Alarm(options.signal);
  const stop = onLibraryChange(library.id, () => alarm.ring());
  let at: ChangePosition = after;
  try {
    for (;;) {
      alarm.reset();
      const { rows, pending, full } = await readChanges(library.id, at);
      const last = rows.at(-1);
      if (last) at = { xid: String(last.xid), id: String(last.id) };
      const seen = rows.filter((row) => roleAt(actor, library.id, row.path) !== null);
      if (seen.length > 0) return { changes: distinct(seen), cursor: cursorOf(at), reset: false };
      // All of a full batch was somebody else's: read on at once.
      if (full) continue;
      const left = deadline - Date.now();
      if (left <= 0 || options.signal?.aborted) return { changes: [], cursor: cursorOf(at), reset: false };
      await alarm.wait(pending ? Math.min(left, pendingPollMs) : left);
    }
  } finally {
    stop();
    alarm.stop();
  }
}

/** Many rows about one thing say it once. */
function distinct(rows: ChangeRow[]): Answer['changes'] {
  const byKey = new Map<string, Answer['changes'][number]>();
  for (const row of rows) {
    byKey.set(`${row.kind} ${row.refId} ${row.path}`, {
      kind: row.kind as Answer['changes'][number]['kind'],
      id: row.refId,
      path: row.path,
    });
  }
  return [...byKey.values()];
}

/** Remembers a ring that comes between reading and waiting, so that no change is slept through. */
class Alarm {
  #rung = false;
  #wake: (() => void) | null = null;
  readonly #signal: AbortSignal | undefined;
  readonly #onAbort = () => this.ring();

  constructor(signal: AbortSignal | undefined) {
    this.#signal = signal;
    signal?.addEventListener('abort', this.#onAbort);
  }

  ring(): void {
    this.#rung = true;
    this.#wake?.();
  }

  reset(): void {
    this.#rung = false;
  }

  async wait(milliseconds: number): Promise<void> {
    if (this.#rung || this.#signal?.aborted) return;
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
      timer = setTimeout(resolve, milliseconds);
    });
    clearTimeout(timer);
    this.#wake = null;
  }

  stop(): void {
    this.#signal?.removeEventListener('abort', this.#onAbort);
  }
}
