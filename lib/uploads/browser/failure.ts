import { ApiError } from '#lib/http/api-client.ts';

/** Why a file was not sent. `short` fits the row; `sentence` says why and what to do. */
export type Failure = {
  code:
    | 'cors'
    | 'clock'
    | 'mixed_content'
    | 'tls'
    | 'denied'
    | 'refused'
    | 'connection'
    | 'store_error'
    | 'file_changed'
    | 'checksum'
    | 'signed_out'
    | 'hashing'
    | 'app';
  short: string;
  sentence: string;
  requestId: string | null;
  /** The upload must begin anew: its session is of no use any more. */
  startAnew: boolean;
  /** Trying the same file again may help. */
  canRetry: boolean;
  /** The guardrail under which an admin finds the cause and the fix. */
  guardrail: UploadGuardrail | null;
};

export type UploadGuardrail = 'cors' | 'tls' | 'own-rights';

type Words = Pick<Failure, 'short' | 'sentence'> & {
  startAnew?: boolean;
  canRetry?: boolean;
  guardrail?: UploadGuardrail;
};

const words = {
  cors: {
    short: 'Store blocks this page',
    sentence:
      'The store answers, but its CORS rules do not let this page send to it. An admin can add this address under Guardrails, CORS; then retry.',
    guardrail: 'cors',
  },
  clock: {
    short: 'Clocks differ',
    sentence:
      'The store refused a fresh link as out of date, so the clocks of the store and of Strata’s server differ. An admin sets the clocks; then retry.',
  },
  mixed_content: {
    short: 'Blocked by the browser',
    sentence:
      'This page came over https and the store’s address is http, so the browser blocks the transfer. An admin gives the store an https address (S3_PUBLIC_ENDPOINT).',
    guardrail: 'tls',
  },
  tls: {
    short: 'Not reached from here',
    sentence:
      'Strata’s server reaches the store and this browser does not. The store’s certificate may not be trusted on this computer, or a filter may block its address. Open the store’s address in a tab to see which, then retry.',
    guardrail: 'tls',
  },
  denied: {
    short: 'Store denies it',
    sentence:
      'The store denied a fresh link, so one of its policies or rights is in the way. An admin sees which under Guardrails, Own rights; then retry.',
    guardrail: 'own-rights',
  },
  refused: { short: 'Store refused it', sentence: 'The store refused the file. Retry, or show this to an admin.' },
  connection: {
    short: 'Connection keeps breaking',
    sentence:
      'The connection to the store broke several times in a row, although the store answers. A proxy or a filter on the way may cut it. Retry, or try another network.',
  },
  store_error: {
    short: 'Store has a problem',
    sentence: 'The store answered with an error several times in a row. What was sent is kept. Retry in a minute.',
  },
  file_changed: {
    short: 'File changed on disk',
    sentence:
      'The file was changed, moved or removed on this computer after it was chosen, so it cannot be read. Choose it again.',
    startAnew: true,
    canRetry: false,
  },
  checksum: {
    short: 'Bytes differ',
    sentence:
      'The bytes that reached the store differ from those read from disk. Nothing was kept of them. Retry; if it happens again, the disk or the connection is faulty.',
    startAnew: true,
  },
  signed_out: {
    short: 'You were signed out',
    sentence:
      'Your session ended, so nothing more can be sent. Sign in in another tab, then retry. What was sent is kept.',
  },
  hashing: {
    short: 'Checksums do not run',
    sentence:
      'The browser did not start the checksum worker, and Strata sends nothing without a checksum. Reload the page; if it stays so, use a current browser.',
  },
} satisfies Record<string, Words>;

export function failureOf(
  code: keyof typeof words,
  more: { sentence?: string; requestId?: string | null } = {},
): Failure {
  const found: Words = words[code];
  return {
    code,
    short: found.short,
    sentence: more.sentence ?? found.sentence,
    requestId: more.requestId ?? null,
    startAnew: found.startAnew ?? false,
    canRetry: found.canRetry ?? true,
    guardrail: found.guardrail ?? null,
  };
}

const startAnewCodes = new Set(['upload_expired', 'not_found', 'checksum_mismatch', 'tampered', 'wrong_state']);
/** The file's own name or size is the reason. */
const hopelessCodes = new Set(['invalid_path', 'too_large']);
const shortByCode: Record<string, string> = {
  invalid_path: 'Name not possible',
  path_reserved: 'Being uploaded already',
  path_is_folder: 'A folder has this name',
  path_under_file: 'A file stands in the way',
  path_exists: 'Exists already',
  version_changed: 'Changed meanwhile',
  too_large: 'Too large',
  not_found: 'No right to upload here',
  forbidden: 'No right to upload here',
  checksum_mismatch: 'Bytes differ',
  tampered: 'Changed on the way',
  upload_expired: 'Waited too long',
  store_unavailable: 'Store does not answer',
  not_supported_by_store: 'Store cannot do this',
  rate_limited: 'Too many requests',
};

/** The app's own answer about one file: its sentence is shown as it is. */
export function appFailure(error: { code: string; detail: string }, requestId: string | null = null): Failure {
  if (error.code === 'unauthenticated') return failureOf('signed_out', { requestId });
  return {
    code: 'app',
    short: shortByCode[error.code] ?? 'Not accepted',
    sentence: error.detail,
    requestId,
    startAnew: startAnewCodes.has(error.code),
    canRetry: !hopelessCodes.has(error.code),
    guardrail: null,
  };
}

/** Any thrown thing as a reason that can be shown. */
export function failureFrom(error: unknown): Failure {
  if (error instanceof UploadFailed) return error.failure;
  if (error instanceof ApiError) return appFailure(error, error.requestId);
  if (error instanceof DOMException && (error.name === 'NotReadableError' || error.name === 'NotFoundError'))
    return failureOf('file_changed');
  if (error instanceof DOMException && error.name === 'OperationError') return failureOf('hashing');
  return {
    code: 'app',
    short: 'Not sent',
    sentence: `The upload stopped at something unexpected (${error instanceof Error ? error.message : String(error)}). Retry, or reload the page: what was sent is kept.`,
    requestId: null,
    startAnew: false,
    canRetry: true,
    guardrail: null,
  };
}

/** Ends the upload of one file with a reason. */
export class UploadFailed extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.sentence);
    this.name = 'UploadFailed';
    this.failure = failure;
  }
}
