import { describe, expect, it } from 'vitest';
import { AppError } from '#lib/errors.ts';
import {
  isAccessDenied,
  isConditionalConflict,
  isInvalidPart,
  isNoSuchUpload,
  isNotFound,
  isNotImplemented,
  isPreconditionFailed,
  toStoreError,
} from './store-errors.ts';

const answer = (name: string, httpStatusCode: number) =>
  Object.assign(new Error(name), { name, $metadata: { httpStatusCode } });
const network = (code: string) => Object.assign(new Error(code), { code, $metadata: { attempts: 3 } });

describe('toStoreError', () => {
  it.each([
    ['a closed port', network('ECONNREFUSED'), 'store_unavailable'],
    ['a name that does not resolve', network('ENOTFOUND'), 'store_unavailable'],
    ['a broken connection', network('ECONNRESET'), 'store_unavailable'],
    ['a bad certificate', network('DEPTH_ZERO_SELF_SIGNED_CERT'), 'store_unavailable'],
    ['a timeout', Object.assign(new Error('slow'), { name: 'TimeoutError' }), 'store_unavailable'],
    ['SlowDown', answer('SlowDown', 503), 'store_unavailable'],
    ['InternalError', answer('InternalError', 500), 'store_unavailable'],
    ['an error in a 200', answer('InternalError', 500), 'store_unavailable'],
    ['a gateway', answer('Unknown', 502), 'store_unavailable'],
    ['AccessDenied', answer('AccessDenied', 403), 'store_unavailable'],
    ['HEAD without right', answer('403', 403), 'store_unavailable'],
    ['wrong secret', answer('SignatureDoesNotMatch', 403), 'store_unavailable'],
    ['no keys at all', Object.assign(new Error(''), { name: 'CredentialsProviderError' }), 'store_unavailable'],
    ['NoSuchBucket', answer('NoSuchBucket', 404), 'store_unavailable'],
    ['NotImplemented', answer('NotImplemented', 501), 'not_supported_by_store'],
    ['NoSuchKey', answer('NoSuchKey', 404), 'not_found'],
    ['HEAD of nothing', answer('NotFound', 404), 'not_found'],
    ['PreconditionFailed', answer('PreconditionFailed', 412), 'version_changed'],
    ['ConditionalRequestConflict', answer('ConditionalRequestConflict', 409), 'version_changed'],
    ['NoSuchUpload', answer('NoSuchUpload', 404), 'upload_expired'],
    ['InvalidPart', answer('InvalidPart', 400), 'upload_incomplete'],
    ['BadDigest', answer('BadDigest', 400), 'checksum_mismatch'],
    ['an archived version', answer('InvalidObjectState', 403), 'wrong_state'],
  ])('%s', (_, cause, code) => {
    const error = toStoreError(cause, 'Reading');
    expect(error).toMatchObject({ code, cause });
    expect(error.detail).toMatch(/^Reading failed\. [A-Z]/);
    if (code === 'store_unavailable') expect(error.retryAfter).toBeGreaterThan(0);
  });

  it('throws on what is not a fault of the store', () => {
    const bug = new TypeError('x is not a function');
    expect(() => toStoreError(bug, 'Reading')).toThrow(bug);
  });

  it('leaves an error alone that is translated already', () => {
    const error = new AppError('wrong_state', 'archived');
    expect(toStoreError(error, 'Reading')).toBe(error);
  });
});

describe('predicates', () => {
  it.each([
    [isNotFound, 'NoSuchKey', 404],
    [isPreconditionFailed, 'PreconditionFailed', 412],
    [isConditionalConflict, 'ConditionalRequestConflict', 409],
    [isNotImplemented, 'NotImplemented', 501],
    [isInvalidPart, 'InvalidPart', 400],
    [isNoSuchUpload, 'NoSuchUpload', 404],
    [isAccessDenied, 'AccessDenied', 403],
  ])('%o knows its fault as it came and as it was translated, and no other', (predicate, name, status) => {
    expect(predicate(answer(name, status))).toBe(true);
    expect(predicate(toStoreError(answer(name, status), 'It'))).toBe(true);
    expect(predicate(answer('Other', 400))).toBe(false);
    expect(predicate(undefined)).toBe(false);
  });

  it('takes an impossible version id for a missing version', () => {
    const impossible = Object.assign(answer('InvalidArgument', 400), { message: 'Invalid version id specified' });
    expect(isNotFound(impossible)).toBe(true);
    expect(toStoreError(impossible, 'Copying')).toMatchObject({ code: 'not_found' });
    expect(isNotFound(answer('InvalidArgument', 400))).toBe(false);
  });

  it('tells a missing upload and a missing bucket from a missing key, and bad keys from a missing right', () => {
    expect(isNotFound(answer('NoSuchUpload', 404))).toBe(false);
    expect(isNotFound(answer('NoSuchBucket', 404))).toBe(false);
    expect(isAccessDenied(answer('SignatureDoesNotMatch', 403))).toBe(false);
    expect(isAccessDenied(answer('InvalidObjectState', 403))).toBe(false);
  });
});
