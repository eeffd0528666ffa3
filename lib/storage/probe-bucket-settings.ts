import {
  GetBucketLifecycleConfigurationCommand,
  GetPublicAccessBlockCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketOwnershipControlsCommand,
  PutPublicAccessBlockCommand,
} from '@aws-sdk/client-s3';
import { getCors, putCors } from './bucket-cors.ts';
import { enableVersioning, getVersioning } from './buckets.ts';
import { callStore } from './client.ts';
import { tryPolicy } from './probe-policies.ts';
import { trial } from './probe-support.ts';
import type { StoreCapabilities } from './types.ts';

type Settings = Pick<
  StoreCapabilities,
  'versioning' | 'bucketCors' | 'publicAccessBlock' | 'objectOwnership' | 'bucketPolicy' | 'lifecycle'
>;

/** Tries the settings of a scratch bucket by writing them: MinIO answers some reads of what it lacks (s3-facts 7.13). */
export async function probeBucketSettings(bucket: string): Promise<Settings> {
  return {
    versioning: await trial('Versions are kept.', async () => {
      await enableVersioning(bucket);
      return (await getVersioning(bucket)) === 'enabled' ? null : 'Versioning stays off after it was turned on.';
    }),
    bucketCors: await trial('Buckets have CORS rules.', async () => {
      await putCors(bucket, 'https://strata.example');
      return (await getCors(bucket)).length > 0 ? null : 'The rule was taken and not kept.';
    }),
    publicAccessBlock: await trial('Public access can be blocked.', () => tryPublicAccessBlock(bucket)),
    objectOwnership: await trial('Object ownership can be set.', () => tryOwnership(bucket)),
    bucketPolicy: await trial('Buckets have policies.', () => tryPolicy(bucket)),
    lifecycle: await trial('Lifecycle rules are kept.', () => tryLifecycle(bucket)),
  };
}

async function tryPublicAccessBlock(bucket: string): Promise<string | null> {
  return callStore('app', 'Blocking public access', async (client) => {
    await client.send(
      new PutPublicAccessBlockCommand({
        Bucket: bucket,
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          IgnorePublicAcls: true,
          BlockPublicPolicy: true,
          RestrictPublicBuckets: true,
        },
      }),
    );
    const answer = await client.send(new GetPublicAccessBlockCommand({ Bucket: bucket }));
    return answer.PublicAccessBlockConfiguration?.BlockPublicPolicy ? null : 'The setting was taken and not kept.';
  });
}

async function tryOwnership(bucket: string): Promise<null> {
  await callStore('app', 'Setting object ownership', (client) =>
    client.send(
      new PutBucketOwnershipControlsCommand({
        Bucket: bucket,
        OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
      }),
    ),
  );
  return null;
}

async function tryLifecycle(bucket: string): Promise<string | null> {
  return callStore('app', 'Setting lifecycle rules', async (client) => {
    await client.send(
      new PutBucketLifecycleConfigurationCommand({
        Bucket: bucket,
        LifecycleConfiguration: {
          Rules: [
            {
              ID: 'strata-probe',
              Status: 'Enabled',
              Filter: { Prefix: '.strata-probe/never/' },
              NoncurrentVersionExpiration: { NoncurrentDays: 365 },
            },
          ],
        },
      }),
    );
    const answer = await client.send(new GetBucketLifecycleConfigurationCommand({ Bucket: bucket }));
    return answer.Rules?.length ? null : 'The rule was taken and not kept.';
  });
}
