import type * as z from 'zod';
import { AppError, type ErrorCode, errorStatus } from '#lib/errors.ts';
import { toAppError } from '#lib/http/problem.ts';
import { log } from '#lib/log.ts';
import type { itemError } from './schema.ts';

/** One item's error in a batch answer. What nobody threw on purpose is logged and told as `internal`. */
export function toItemError(error: unknown): z.infer<typeof itemError> {
  const known = toAppError(error);
  if (known.status >= 500) log().error({ code: known.code, err: known.cause ?? known }, known.detail);
  return {
    code: known.code,
    detail: known.detail,
    ...(known.retryAfter === undefined ? {} : { retryAfter: known.retryAfter }),
  };
}

/** The error that a session keeps about itself, as it was thrown. */
export function storedError(code: string | null, detail: string | null): AppError {
  const known = code !== null && Object.hasOwn(errorStatus, code) ? (code as ErrorCode) : 'wrong_state';
  return new AppError(known, detail ?? 'The upload failed. Upload the file again.');
}
