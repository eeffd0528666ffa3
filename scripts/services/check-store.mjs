import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { StartFailure } from './failure.mjs';

const CONNECT_WITHIN_MS = 5_000;
const ANSWER_WITHIN_MS = 10_000;

const REMEDIES = {
  AccessDenied: [
    'knows the key but refuses to list the bucket.',
    'Give the key the rights named in docs/deployment.md.',
  ],
  AuthorizationHeaderMalformed: ['is in another region.', 'Set S3_REGION to the region of the bucket.'],
  PermanentRedirect: ['is in another region.', 'Set S3_REGION to the region of the bucket.'],
  InvalidBucketName: [
    'takes no bucket of that name.',
    'Correct S3_BUCKET: 3 to 63 lower-case letters, digits, dots and dashes.',
  ],
  ExpiredToken: ['refused credentials that have expired.', 'Renew them and start again.'],
};

/** What a right to list is not needed for: their keys only have to be known to the store. */
const NARROW = ['UPLOAD_', 'PURGE_'];

/**
 * Asks a given store whether it knows our keys, in seconds and before anything is changed. A bucket that does not exist is
 * fine: it will be made.
 *
 * @param {Record<string, string>} given the variables of lib/env.ts
 * @throws StartFailure, never with a secret in it
 */
export async function checkStore(given) {
  await tryKeys(given, '');
  for (const identity of NARROW) if (given[`S3_${identity}ACCESS_KEY_ID`]) await tryKeys(given, identity);
}

/** It lists, because an error of HEAD carries no reason. */
async function tryKeys(given, identity) {
  const [idName, secretName] = [`S3_${identity}ACCESS_KEY_ID`, `S3_${identity}SECRET_ACCESS_KEY`];
  const client = new S3Client({
    region: given.S3_REGION ?? 'us-east-1',
    ...(given.S3_ENDPOINT ? { endpoint: given.S3_ENDPOINT } : {}),
    ...(given[idName] ? { credentials: { accessKeyId: given[idName], secretAccessKey: given[secretName] ?? '' } } : {}),
    forcePathStyle: given.S3_FORCE_PATH_STYLE ? given.S3_FORCE_PATH_STYLE === 'true' : Boolean(given.S3_ENDPOINT),
    maxAttempts: 1,
    requestHandler: {
      connectionTimeout: CONNECT_WITHIN_MS,
      requestTimeout: ANSWER_WITHIN_MS,
      throwOnRequestTimeout: true,
    },
  });
  try {
    await client.send(new ListObjectsV2Command({ Bucket: given.S3_BUCKET, MaxKeys: 1 }));
  } catch (error) {
    const code = error.Code ?? error.name;
    if (code === 'NoSuchBucket' || (identity && code === 'AccessDenied')) return;
    throw explain(error, code, { where: given.S3_ENDPOINT ?? 'AWS', idName, secretName });
  } finally {
    client.destroy();
  }
}

function explain(error, code, { where, idName, secretName }) {
  const cause = { cause: error };
  if (code === 'InvalidAccessKeyId') {
    return new StartFailure(`The store (${where}) does not know the access key.`, `Check ${idName}.`, cause);
  }
  if (code === 'SignatureDoesNotMatch') {
    return new StartFailure(`The store (${where}) refused the secret key.`, `Check ${secretName}.`, cause);
  }
  const known = REMEDIES[code];
  if (known) return new StartFailure(`The store (${where}) ${known[0]}`, known[1], cause);
  if (code === 'CredentialsProviderError') {
    return new StartFailure(
      'There are no credentials for AWS.',
      'Give S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY, or a profile or role that the AWS SDK finds.',
      cause,
    );
  }
  const status = error.$metadata?.httpStatusCode;
  if (status === 403) {
    return new StartFailure(`The store (${where}) refused the key.`, `Check ${idName} and ${secretName}.`, cause);
  }
  return new StartFailure(
    `The store (${where}) does not answer as an S3 store (${status ?? error.code ?? code}).`,
    'Start it, or correct S3_ENDPOINT; without S3_ENDPOINT and S3_BUCKET a local store is started.',
    cause,
  );
}
