import { databaseUnavailable, isDatabaseAway, isUnstorableText } from '#lib/db-errors.ts';
import { AppError, type ErrorCode, errorStatus } from '#lib/errors.ts';
import { log } from '#lib/log.ts';

const titles: Partial<Record<ErrorCode, string>> = {
  invalid_request: 'The request is not valid',
  not_found: 'Not found',
  internal: 'Something failed on our side',
};

/**
 * Any thrown value as the error that goes out: our own as it is, a database that is away as 503, all else as a bare 500. A NUL that came as far as
 * the database came with the request: keys and names of a store have none.
 */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (isDatabaseAway(error)) return databaseUnavailable(error);
  if (isUnstorableText(error)) {
    return new AppError(
      'invalid_request',
      'A text of the request has a NUL character, which no name has. Take it out.',
      {
        cause: error,
      },
    );
  }
  return new AppError('internal', 'Something failed on our side. The request id finds it in the log.', {
    cause: error,
  });
}

/** One `application/problem+json` answer (RFC 9457). Causes are logged here and never leave the server. */
export function problemResponse(error: unknown, requestId: string): Response {
  const problem = toAppError(error);
  // Turning a crowd away must cost next to nothing; the metrics count it.
  if (problem.status >= 500 && problem.code !== 'overloaded') {
    log().error({ requestId, code: problem.code, err: problem }, problem.detail);
  }
  const headers: Record<string, string> = {
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
    'x-request-id': requestId,
  };
  if (problem.retryAfter !== undefined) headers['retry-after'] = String(problem.retryAfter);
  const body = {
    type: `urn:strata:problem:${problem.code}`,
    title: titles[problem.code] ?? problem.code.replaceAll('_', ' '),
    status: errorStatus[problem.code],
    detail: problem.detail,
    code: problem.code,
    requestId,
    ...(problem.errors ? { errors: problem.errors } : {}),
  };
  return new Response(JSON.stringify(body), { status: problem.status, headers });
}
