import { AppError } from '#lib/errors.ts';

/** Keyset positions travel as opaque base64url JSON. They hold no secret: rights are checked on every call. */
export function encodeCursor(position: unknown): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

/** @throws AppError invalid_request when the text is no cursor of this list. */
export function decodeCursor<T>(cursor: string, check: (value: unknown) => value is T): T {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    value = undefined;
  }
  if (!check(value))
    throw new AppError('invalid_request', 'The cursor is not one of this list. Start from the first page.');
  return value;
}
