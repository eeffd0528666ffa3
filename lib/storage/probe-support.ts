import { AppError } from '#lib/errors.ts';
import type { Capability } from './types.ts';

/**
 * Runs one trial. A refusal by the store, for want of the feature or of the right, means "not supported", with its words.
 * A store that is away is no verdict and is thrown on.
 * @param trial returns why not, or null when it worked
 */
export async function trial(works: string, trial: () => Promise<string | null>): Promise<Capability> {
  try {
    const reason = await trial();
    return reason === null ? { supported: true, detail: works } : { supported: false, detail: reason };
  } catch (error) {
    if (isAway(error)) throw error;
    return { supported: false, detail: refusal(error) };
  }
}

function isAway(error: unknown): boolean {
  return error instanceof AppError && error.code === 'store_unavailable' && statusIn(error.cause) !== 403;
}

const statusIn = (cause: unknown) =>
  (cause as { $metadata?: { httpStatusCode?: number } } | undefined)?.$metadata?.httpStatusCode ?? 0;

/** The store's own code and words, for an admin. */
function refusal(error: unknown): string {
  const cause = (error instanceof AppError ? error.cause : error) as { name?: string; message?: string } | undefined;
  return `The store refused: ${cause?.name ?? 'unknown'} (${statusIn(cause)}). ${cause?.message ?? ''}`.trim();
}
