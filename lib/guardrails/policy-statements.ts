import type { Statement } from './policy.ts';

/** Sids of our statements, one a guardrail. They stay as they are: a start with a newer version finds its own again. */
export const sids = {
  tls: 'StrataTlsOnly',
  wrongEncryption: 'StrataRefuseWrongEncryption',
  wrongKey: 'StrataRefuseWrongKey',
  linkAge: 'StrataLinkAge',
  anonymous: 'StrataNoAnonymous',
  ownAccess: 'StrataOwnAccess',
} as const;

const both = (bucket: string) => [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`];
const objects = (bucket: string) => `arn:aws:s3:::${bucket}/*`;

/** Refuses every request over plain http (s3-facts 5.1). The first policy of the article, word for word but for the Sid. */
export function tlsOnlyStatement(bucket: string): Statement {
  return {
    Sid: sids.tls,
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: both(bucket),
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  };
}

/**
 * Refuses an upload that asks for another encryption than the library's. One that asks for none gets the bucket's default and passes:
 * a bare `StringNotEquals` would also refuse those (a negated operator holds for an absent key), and so all that rely on the default
 * (s3-facts 5.3, 5.4).
 */
export function wrongEncryptionStatement(bucket: string, algorithm: 'AES256' | 'aws:kms'): Statement {
  return {
    Sid: sids.wrongEncryption,
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:PutObject',
    Resource: objects(bucket),
    Condition: {
      Null: { 's3:x-amz-server-side-encryption': 'false' },
      StringNotEquals: { 's3:x-amz-server-side-encryption': algorithm },
    },
  };
}

/** Refuses an upload under another KMS key than the library's. @param keyArn the full ARN: an alias resolves at the caller's account */
export function wrongKeyStatement(bucket: string, keyArn: string): Statement {
  return {
    Sid: sids.wrongKey,
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:PutObject',
    Resource: objects(bucket),
    Condition: {
      Null: { 's3:x-amz-server-side-encryption-aws-kms-key-id': 'false' },
      StringNotEquals: { 's3:x-amz-server-side-encryption-aws-kms-key-id': keyArn },
    },
  };
}

/**
 * Refuses presigned links that were signed longer ago, whatever they say themselves. Requests signed in their headers are not
 * concerned (s3-facts 5.7).
 * @param seconds our own links live up to 10 minutes for uploads, and up to an hour where downloads are rounded to a window
 */
export function linkAgeStatement(bucket: string, seconds: number): Statement {
  return {
    Sid: sids.linkAge,
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: objects(bucket),
    Condition: {
      StringEquals: { 's3:authType': 'REST-QUERY-STRING' },
      // Milliseconds (API reference, "Bucket policy condition keys for SigV4").
      NumericGreaterThan: { 's3:signatureAge': String(seconds * 1000) },
    },
  };
}

/**
 * Refuses requests that nobody signed, also where a statement of others allows them.
 * @param binds where bucket policies bind signed requests too, a condition keeps those out of it; MinIO knows no such key, and there its
 *   bucket policy is for anonymous requests alone
 */
export function noAnonymousStatement(bucket: string, binds: 'bucket' | 'user'): Statement {
  return {
    Sid: sids.anonymous,
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: both(bucket),
    ...(binds === 'bucket' ? { Condition: { StringEquals: { 'aws:PrincipalType': 'Anonymous' } } } : {}),
  };
}

/** For stores that shut out whoever their bucket policy does not name (VersityGW): our own keys keep what they have. */
export function ownAccessStatement(bucket: string, accessKeys: string[]): Statement {
  return {
    Sid: sids.ownAccess,
    Effect: 'Allow',
    Principal: { AWS: accessKeys },
    Action: 's3:*',
    Resource: both(bucket),
  };
}
