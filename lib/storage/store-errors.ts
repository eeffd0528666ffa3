import { AppError, type ErrorCode } from '#lib/errors.ts';

/** What an SDK error carries; read by shape, since several SDK copies may be loaded. */
type Fault = { name: string; code: string; status: number; message: string };

/** Error names of the network and of Node, where no answer came. */
const NETWORK =
  /^(ECONN|EPIPE|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EPROTO|CERT_|UNABLE_TO_|DEPTH_ZERO|ERR_TLS|SELF_SIGNED)/;
const THROTTLED = new Set([
  'SlowDown',
  'SlowDownRead',
  'SlowDownWrite',
  'Throttling',
  'ThrottlingException',
  'TooManyRequests',
  'RequestLimitExceeded',
  'ServiceUnavailable',
  'Busy',
]);
const NO_RIGHT = new Set(['AccessDenied', 'AllAccessDisabled', 'AccountProblem', 'Forbidden', '403']);
const BAD_KEYS = new Set([
  'InvalidAccessKeyId',
  'SignatureDoesNotMatch',
  'ExpiredToken',
  'InvalidToken',
  'TokenRefreshRequired',
  'CredentialsProviderError',
  'AuthorizationHeaderMalformed',
  'InvalidClientTokenId',
]);

/** Fault names that mean one thing each, with the sentence that is shown. */
const BY_NAME: Record<string, { code: ErrorCode; detail: string }> = {
  PreconditionFailed: { code: 'version_changed', detail: 'The store holds another version than was expected.' },
  ConditionalRequestConflict: { code: 'version_changed', detail: 'Another write to the same key was under way.' },
  OperationAborted: { code: 'version_changed', detail: 'Another change was under way at the store.' },
  NoSuchUpload: { code: 'upload_expired', detail: 'The store no longer has this multipart upload.' },
  InvalidPart: {
    code: 'upload_incomplete',
    detail: 'A part is missing at the store, or is not the one that was sent.',
  },
  InvalidPartOrder: { code: 'upload_incomplete', detail: 'The parts were not given in ascending order.' },
  EntityTooSmall: { code: 'upload_incomplete', detail: 'A part is under 5 MiB and is not the last.' },
  EntityTooLarge: { code: 'too_large', detail: 'The object is larger than the store takes in one request.' },
  BadDigest: { code: 'checksum_mismatch', detail: 'The bytes do not match their checksum.' },
  InvalidDigest: { code: 'checksum_mismatch', detail: 'The checksum is malformed.' },
  XAmzContentChecksumMismatch: { code: 'checksum_mismatch', detail: 'The bytes do not match their checksum.' },
  InvalidObjectState: {
    code: 'wrong_state',
    detail: 'The version is archived. It must be thawed before it can be read or copied.',
  },
  KeyTooLongError: { code: 'invalid_path', detail: 'The key is longer than the store allows.' },
  KeyTooLong: { code: 'invalid_path', detail: 'The key is longer than the store allows.' },
  XMinioInvalidObjectName: { code: 'invalid_path', detail: 'The store does not take this key.' },
  XMinioInvalidResourceName: { code: 'invalid_path', detail: 'The store does not take this key.' },
  XMinioObjectExistsAsDirectory: { code: 'path_is_folder', detail: 'A folder of this name is there.' },
  XMinioParentIsObject: { code: 'path_under_file', detail: 'A file has the name of a folder in this path.' },
  XMinioStorageFull: { code: 'store_unavailable', detail: 'The store has no space left.' },
  QuotaExceeded: { code: 'store_unavailable', detail: 'The quota of the bucket is used up.' },
  XMinioAdminBucketQuotaExceeded: { code: 'store_unavailable', detail: 'The quota of the bucket is used up.' },
  NoSuchBucket: { code: 'store_unavailable', detail: 'The bucket does not exist at the store.' },
};

function readFault(error: unknown): Fault {
  const e = (error instanceof AppError ? error.cause : error) as
    | { name?: unknown; Code?: unknown; code?: unknown; message?: unknown; $metadata?: { httpStatusCode?: number } }
    | null
    | undefined;
  return {
    name: String(e?.name ?? ''),
    code: String(e?.Code ?? e?.code ?? ''),
    status: e?.$metadata?.httpStatusCode ?? 0,
    message: String(e?.message ?? ''),
  };
}

const is = (fault: Fault, ...names: string[]) => names.includes(fault.name) || names.includes(fault.code);
const isIn = (fault: Fault, names: Set<string>) => names.has(fault.name) || names.has(fault.code);

/** HTTP status of the store's answer, 0 when there was none. */
export const statusOf = (error: unknown): number => readFault(error).status;

/** Whether the store's answer has one of these error codes. */
export const hasName = (error: unknown, ...names: string[]): boolean => is(readFault(error), ...names);

/** The key, version or upload is not there. The predicates take what was thrown here, and the SDK's own errors. */
export function isNotFound(error: unknown): boolean {
  const fault = readFault(error);
  // AWS and VersityGW say so of an id that never was, or is no more.
  if (is(fault, 'InvalidArgument') && /version id/i.test(fault.message)) return true;
  return (
    is(fault, 'NoSuchKey', 'NoSuchVersion', 'NotFound', '404') ||
    (fault.status === 404 && !is(fault, 'NoSuchBucket', 'NoSuchUpload'))
  );
}
/** 412: the condition on the destination did not hold. */
export function isPreconditionFailed(error: unknown): boolean {
  const fault = readFault(error);
  return fault.status === 412 || is(fault, 'PreconditionFailed');
}
/** 409: two writes with a condition met; repeat with a fresh upload (s3-facts 1.16). */
export function isConditionalConflict(error: unknown): boolean {
  return is(readFault(error), 'ConditionalRequestConflict', 'OperationAborted');
}
/** The version is in an archive class and cannot be read before it is thawed. */
export const isNotThawed = (error: unknown): boolean => hasName(error, 'InvalidObjectState');
export function isNotImplemented(error: unknown): boolean {
  const fault = readFault(error);
  return fault.status === 501 || is(fault, 'NotImplemented');
}
export function isInvalidPart(error: unknown): boolean {
  return is(readFault(error), 'InvalidPart', 'InvalidPartOrder');
}
export function isNoSuchUpload(error: unknown): boolean {
  return is(readFault(error), 'NoSuchUpload');
}
export function isNoSuchBucket(error: unknown): boolean {
  return is(readFault(error), 'NoSuchBucket');
}
/** 403 for want of a right, not for bad keys. */
export function isAccessDenied(error: unknown): boolean {
  const fault = readFault(error);
  return isIn(fault, NO_RIGHT) || (fault.status === 403 && !isIn(fault, BAD_KEYS) && !is(fault, 'InvalidObjectState'));
}

export type StoreOutcome = 'absent' | 'conflict' | 'refused' | 'busy' | 'timeout' | 'away' | 'ended' | 'fault';

/** What became of one request that failed, as one word of a fixed list, for counting. */
export function outcomeOf(error: unknown): StoreOutcome {
  const fault = readFault(error);
  if (is(fault, 'AbortError')) return 'ended';
  if (isNotFound(error) || isNoSuchUpload(error)) return 'absent';
  if (isPreconditionFailed(error) || isConditionalConflict(error)) return 'conflict';
  if (isAccessDenied(error) || isIn(fault, BAD_KEYS)) return 'refused';
  if (isIn(fault, THROTTLED) || fault.status === 429 || fault.status === 503) return 'busy';
  if (fault.name === 'TimeoutError' || is(fault, 'RequestTimeout')) return 'timeout';
  if (NETWORK.test(fault.code) || NETWORK.test(fault.name)) return 'away';
  return 'fault';
}

/**
 * Turns a fault of the store into the app's error, keeping the original as `cause`.
 * What is not a fault of the store (a bug, an abort) is thrown on unchanged.
 * @param what the action, as in "Copying the version"
 */
export function toStoreError(cause: unknown, what: string): AppError {
  if (cause instanceof AppError) return cause;
  const fault = readFault(cause);
  const make = (code: ErrorCode, detail: string, retryAfter?: number) =>
    new AppError(code, `${what} failed. ${detail}`, { cause, retryAfter });

  const known = BY_NAME[fault.name] ?? BY_NAME[fault.code];
  if (known) return make(known.code, known.detail, known.code === 'store_unavailable' ? 60 : undefined);
  if (isNotImplemented(cause)) return make('not_supported_by_store', 'The store does not support this.');
  if (isIn(fault, THROTTLED) || fault.status === 429)
    return make('store_unavailable', 'The store is busy. Try again.', 10);
  if (isIn(fault, BAD_KEYS)) {
    return make(
      'store_unavailable',
      'The store refused the keys that the server was given. An admin must check them.',
      60,
    );
  }
  if (isAccessDenied(cause)) {
    return make(
      'store_unavailable',
      'The store refused: the rights of the server there are not enough. An admin must check them.',
      60,
    );
  }
  if (isPreconditionFailed(cause)) return make('version_changed', 'The store holds another version than was expected.');
  if (isNotFound(cause)) return make('not_found', 'It is not at the store.');
  if (
    fault.name === 'TimeoutError' ||
    is(fault, 'RequestTimeout') ||
    NETWORK.test(fault.code) ||
    NETWORK.test(fault.name)
  ) {
    return make('store_unavailable', 'The store does not answer. Try again.', 5);
  }
  if (fault.status >= 500) return make('store_unavailable', 'The store has a fault. Try again.', 10);
  throw cause;
}
