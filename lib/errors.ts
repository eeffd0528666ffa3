/** The one table from error code to HTTP status (DESIGN section 6). Codes are part of the API: append, never rename. */
export const errorStatus = {
  invalid_request: 400,
  invalid_path: 400,
  irregular_key: 400,
  unauthenticated: 401,
  forbidden: 403,
  cross_site: 403,
  not_found: 404,
  path_exists: 409,
  path_reserved: 409,
  path_is_folder: 409,
  path_under_file: 409,
  version_changed: 409,
  upload_incomplete: 409,
  wrong_state: 409,
  upload_expired: 410,
  too_large: 413,
  checksum_mismatch: 422,
  tampered: 422,
  search_too_slow: 422,
  rate_limited: 429,
  internal: 500,
  not_supported_by_store: 501,
  store_unavailable: 503,
  database_unavailable: 503,
  overloaded: 503,
} as const;

export type ErrorCode = keyof typeof errorStatus;

export type FieldError = { path: string; message: string };

/**
 * The only error that a feature function throws on purpose.
 * `detail` is shown to people: what happened, why, what to do. `cause` is logged and never leaves the server.
 */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly detail: string;
  readonly errors: FieldError[] | undefined;
  /** Seconds to wait before trying again, for 429 and 503. */
  readonly retryAfter: number | undefined;

  constructor(
    code: ErrorCode,
    detail: string,
    options: { cause?: unknown; errors?: FieldError[] | undefined; retryAfter?: number | undefined } = {},
  ) {
    super(`${code}: ${detail}`, { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.detail = detail;
    this.errors = options.errors;
    this.retryAfter = options.retryAfter;
  }

  get status(): number {
    return errorStatus[this.code];
  }
}

/** "Does not exist" and "not yours" are one answer, so that existence does not leak (DESIGN section 3). */
export function notFound(what: string): AppError {
  return new AppError('not_found', `${what} does not exist, or you have no right to see it.`);
}
