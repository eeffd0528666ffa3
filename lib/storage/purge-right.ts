import { env } from '#lib/env.ts';
import { AppError } from '#lib/errors.ts';

/**
 * Whether this process may remove versions at the store. The web process may not where the identity `purge` has keys of its own
 * (DESIGN section 10): what needs it is handed to the worker.
 */
export const purgesHere = (): boolean => env().S3_PURGE_BY === 'here';

/** Thrown before a removal that this process may not do: whoever began the work hands it to the worker. */
export class PurgeInWorker extends AppError {
  constructor() {
    super('store_unavailable', 'Removing versions is the worker’s, which goes on with this.', { retryAfter: 5 });
    this.name = 'PurgeInWorker';
  }
}
