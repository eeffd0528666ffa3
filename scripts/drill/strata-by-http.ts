import { setTimeout as sleep } from 'node:timers/promises';
import type { LibraryIndex } from '#lib/indexing/schema.ts';
import type { OperationView } from '#lib/operations/schema.ts';
import type { DrilledStrata } from './run-drill.ts';

const pollMs = 500;

/**
 * A Strata that runs somewhere, through its API, as the person whose token it is: an admin of the library.
 * @throws Error with the detail of what the API refused
 */
export function strataByHttp(options: { url: string; token: string; library: string }): DrilledStrata {
  const { library } = options;
  const call = async <T>(method: 'GET' | 'POST', path: string, json?: unknown): Promise<T> => {
    const answer = await fetch(new URL(`/api/v1${path}`, options.url), {
      method,
      headers: { authorization: `Bearer ${options.token}`, 'content-type': 'application/json' },
      ...(json === undefined ? {} : { body: JSON.stringify(json) }),
    });
    const body = (await answer.json()) as T & { detail?: string };
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${body.detail}`);
    return body;
  };
  const ended = async (operation: OperationView): Promise<OperationView> => {
    let now = operation;
    while (now.state === 'queued' || now.state === 'running') {
      await sleep(pollMs);
      now = (await call<{ operation: OperationView }>('GET', `/operations/${now.id}`)).operation;
    }
    return now;
  };
  return {
    async reconcile() {
      const { run } = await call<{ run: { id: string } }>('POST', `/admin/libraries/${library}/index/check`, {});
      for (;;) {
        await sleep(pollMs);
        const { libraries } = await call<{ libraries: LibraryIndex[] }>('GET', '/admin/index');
        const now = libraries.find((one) => one.slug === library);
        if (now?.running?.id !== run.id) return;
        if (now.running.problem) throw new Error(`The comparison does not go on: ${now.running.problem}`);
      }
    },
    async restore(folder, at) {
      const input = { type: 'restore-to-time', selection: { paths: [folder] }, params: { at }, dryRun: true };
      const planned = await call<{ operation: OperationView }>('POST', `/libraries/${library}/operations`, input);
      const { operation } = await call<{ operation: OperationView }>(
        'POST',
        `/operations/${planned.operation.id}/start`,
        {},
      );
      return ended(operation);
    },
    async undo(id) {
      return ended((await call<{ operation: OperationView }>('POST', `/operations/${id}/undo`, {})).operation);
    },
  };
}
