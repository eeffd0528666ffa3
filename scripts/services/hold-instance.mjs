import { join } from 'node:path';
import { tryLock } from './checkout-lock.mjs';
import { StartFailure } from './failure.mjs';

/**
 * One Strata a DATA_DIR: two would fight over its database.
 * @throws StartFailure when another one runs
 */
export function holdInstance(paths, port) {
  const lock = tryLock(join(paths.run, 'instance.lock'), { port });
  if (lock.taken) return lock;
  const { pid, port: otherPort } = lock.holder;
  throw new StartFailure(
    `Strata already runs on ${paths.dataDir} (process ${pid}, http://localhost:${otherPort}).`,
    `Stop it first (kill ${pid}), or start a second one beside it: PORT=${port + 1} DATA_DIR=.data-${port + 1} npm start`,
  );
}
