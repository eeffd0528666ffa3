import { api } from '#lib/http/api-client.ts';
import type { OperationView } from '#lib/operations/schema.ts';
import type { Missed } from './operation-words.ts';

/** Milliseconds between two looks at an operation that the worker runs; more rarely when it takes long. */
const firstLook = 400;
const lastLook = 2_000;

export const isRunning = ({ state }: Pick<OperationView, 'state'>) => state === 'queued' || state === 'running';

/** Looks at an operation until it has ended. A lost connection is waited out: the work goes on without us. @throws ApiError */
export async function followOperation(
  operation: OperationView,
  onProgress: (operation: OperationView) => void,
): Promise<OperationView> {
  let now = operation;
  let wait = firstLook;
  while (isRunning(now)) {
    await new Promise((resolve) => setTimeout(resolve, wait));
    wait = Math.min(lastLook, wait * 1.5);
    const next = await api('GET /operations/{id}', { id: now.id }).catch((error: unknown) => {
      if (isPassing(error)) return null;
      throw error;
    });
    if (next) {
      now = next.operation;
      onProgress(now);
    }
  }
  return now;
}

function isPassing(error: unknown): boolean {
  const { code, status } = error as { code?: string; status?: number };
  return code === 'network' || code === 'rate_limited' || status === 503 || status === 502 || status === 504;
}

/** The files that were left as they are, with the reason of each: conflicts first. At most one page of both. @throws ApiError */
export async function readMissed(operation: OperationView): Promise<Missed[]> {
  const { conflict, failed } = operation.counts;
  const pages = await Promise.all([
    conflict > 0 ? api('GET /operations/{id}/items', { id: operation.id, state: 'conflict' }) : null,
    failed > 0 ? api('GET /operations/{id}/items', { id: operation.id, state: 'failed' }) : null,
  ]);
  return pages
    .flatMap((page) => page?.items ?? [])
    .map((item) => ({ name: nameOf(item.path), detail: item.error?.detail ?? '' }));
}

/** "a/b/c.jpg" → "c.jpg"; "a/b/" → "b". */
export function nameOf(path: string): string {
  const trimmed = path.endsWith('/') ? path.slice(0, -1) : path;
  return trimmed.slice(trimmed.lastIndexOf('/') + 1);
}
