import { describe, expect, it } from 'vitest';
import type { HeadedObject, WantedEncryption } from '#lib/storage/types.ts';
import { type VerifiedAgainst, verifyUpload } from './verify-upload.ts';

const createdAt = new Date('2026-11-23T10:00:00Z');
const now = new Date('2026-11-23T10:05:00Z');
const nextDay = new Date('2026-11-24T00:05:00Z');
const upload: VerifiedAgainst = {
  id: '5b0f7c1e-0000-4000-8000-000000000001',
  size: 5,
  contentType: 'image/jpeg',
  crc64nvme: 'AAAAAAAAAAE=',
  fileModifiedAt: new Date('2020-02-03T04:05:06.789Z'),
  createdAt,
  expectedVersionId: null,
};
const good: HeadedObject = {
  key: 'a.jpg',
  versionId: 'v2',
  size: 5,
  etag: 'e',
  crc64nvme: 'AAAAAAAAAAE=',
  contentType: 'image/jpeg',
  contentEncoding: null,
  contentDisposition: null,
  contentLanguage: null,
  cacheControl: null,
  expires: null,
  websiteRedirect: null,
  storageClass: 'STANDARD',
  encryption: 'AES256',
  kmsKeyId: null,
  modifiedAt: new Date('2026-11-23T10:01:00Z'),
  metadata: { 'strata-upload': upload.id, mtime: '1580702706.789' },
  tagCount: 0,
};
const aes: WantedEncryption = { kind: 'AES256' };
const kms: WantedEncryption = { kind: 'aws:kms', keyId: 'media-key' };

type Case = {
  head?: Partial<HeadedObject>;
  upload?: Partial<VerifiedAgainst>;
  encryption?: WantedEncryption;
  above?: { versionId: string }[];
  now?: Date;
};
const supported = { supported: true, detail: '' };
/** As MinIO takes them: a tier is reached by rules only. */
const storageClasses = {
  STANDARD: supported,
  REDUCED_REDUNDANCY: supported,
  STANDARD_IA: supported,
  GLACIER: { supported: false, detail: 'InvalidStorageClass' },
};
const judge = (one: Case) =>
  verifyUpload({
    upload: { ...upload, ...one.upload },
    head: { ...good, ...one.head },
    above: one.above ?? [],
    encryption: one.encryption ?? aes,
    now: one.now ?? now,
    storageClasses,
  });

describe('verifyUpload', () => {
  it.each<[string, Case]>([
    ['what was signed', {}],
    ['no file time was told', { upload: { fileModifiedAt: null }, head: { metadata: { 'strata-upload': upload.id } } }],
    ['the store clock 14 minutes behind', { head: { modifiedAt: new Date('2026-11-23T09:46:00Z') } }],
    ['the store clock 14 minutes ahead', { head: { modifiedAt: new Date('2026-11-23T10:19:00Z') } }],
    ['the cache control that fetch adds by itself', { head: { cacheControl: 'no-cache' } }],
    ['the cache control of a page that was reloaded', { head: { cacheControl: 'max-age=0' } }],
    ['somebody wrote a newer version since', { above: [{ versionId: 'v3' }] }],
    ['no encryption is asked for and the bucket encrypts', { encryption: { kind: 'none' } }],
    ['KMS by name', { encryption: kms, head: { encryption: 'aws:kms', kmsKeyId: 'media-key' } }],
    ['a rule moved it at once, as no write can', { head: { storageClass: 'GLACIER' } }],
    ['a rule moved it at midnight', { head: { storageClass: 'STANDARD_IA' }, now: nextDay }],
    ['KMS by ARN', { encryption: kms, head: { encryption: 'aws:kms', kmsKeyId: 'arn:aws:kms:media-key' } }],
  ])('accepts: %s', (_, one) => {
    expect(judge(one)).toEqual({ ok: true });
  });

  it.each<[string, string, Case]>([
    ['checksum_mismatch', 'another size', { head: { size: 6 } }],
    ['checksum_mismatch', 'another checksum', { head: { crc64nvme: 'AAAAAAAAAAI=' } }],
    ['checksum_mismatch', 'no checksum', { head: { crc64nvme: null } }],
    ['tampered', 'another upload id', { head: { metadata: { ...good.metadata, 'strata-upload': 'x' } } }],
    ['tampered', 'more metadata', { head: { metadata: { ...good.metadata, evil: '1' } } }],
    ['tampered', 'less metadata', { head: { metadata: { 'strata-upload': upload.id } } }],
    ['tampered', 'another type', { head: { contentType: 'text/html' } }],
    ['tampered', 'no encryption', { head: { encryption: null } }],
    ['tampered', 'another encryption', { head: { encryption: 'aws:kms', kmsKeyId: 'theirs' } }],
    ['tampered', 'another KMS key', { encryption: kms, head: { encryption: 'aws:kms', kmsKeyId: 'other-media-key' } }],
    ['tampered', 'a website redirect', { head: { websiteRedirect: 'https://evil.test/' } }],
    ['tampered', 'a content encoding', { head: { contentEncoding: 'gzip' } }],
    ['tampered', 'a content disposition', { head: { contentDisposition: 'inline' } }],
    ['tampered', 'a content language', { head: { contentLanguage: 'de' } }],
    ['tampered', 'a cache control', { head: { cacheControl: 'public' } }],
    ['tampered', 'an expiry', { head: { expires: 'Thu, 01 Dec 2033 16:00:00 GMT' } }],
    ['tampered', 'a storage class that a write can name', { head: { storageClass: 'STANDARD_IA' } }],
    ['tampered', 'one that no rule gives', { head: { storageClass: 'REDUCED_REDUNDANCY' }, now: nextDay }],
    ['tampered', 'one that nobody tried here', { head: { storageClass: 'DEEP_ARCHIVE' } }],
    ['tampered', 'S3 tags', { head: { tagCount: 1 } }],
    ['tampered', 'a time before the session', { head: { modifiedAt: new Date('2026-11-23T09:44:00Z') } }],
    ['tampered', 'a time in the future', { head: { modifiedAt: new Date('2026-11-23T10:21:00Z') } }],
    [
      'tampered',
      'a time just beneath the version that it replaces',
      { upload: { expectedVersionId: 'v1' }, above: [{ versionId: 'v1' }] },
    ],
  ])('%s: %s', (code, _, one) => {
    expect(judge(one)).toMatchObject({ ok: false, code });
  });
});
