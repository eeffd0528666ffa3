import {
  DeleteBucketOwnershipControlsCommand,
  DeletePublicAccessBlockCommand,
  GetBucketOwnershipControlsCommand,
  GetPublicAccessBlockCommand,
  type ObjectOwnership,
  PutBucketOwnershipControlsCommand,
  PutPublicAccessBlockCommand,
} from '@aws-sdk/client-s3';
import { callStore } from './client.ts';
import { hasName } from './store-errors.ts';

/** The four switches of Block Public Access (s3-facts 5.9), in S3's own words. */
export type PublicAccessBlock = {
  BlockPublicAcls: boolean;
  IgnorePublicAcls: boolean;
  BlockPublicPolicy: boolean;
  RestrictPublicBuckets: boolean;
};

/** Null when the bucket has none. */
export async function getPublicAccessBlock(bucket: string): Promise<PublicAccessBlock | null> {
  try {
    const { PublicAccessBlockConfiguration: found } = await callStore(
      'app',
      'Reading the public access block',
      (client) => client.send(new GetPublicAccessBlockCommand({ Bucket: bucket })),
    );
    return {
      BlockPublicAcls: found?.BlockPublicAcls ?? false,
      IgnorePublicAcls: found?.IgnorePublicAcls ?? false,
      BlockPublicPolicy: found?.BlockPublicPolicy ?? false,
      RestrictPublicBuckets: found?.RestrictPublicBuckets ?? false,
    };
  } catch (error) {
    if (hasName(error, 'NoSuchPublicAccessBlockConfiguration')) return null;
    throw error;
  }
}

export async function putPublicAccessBlock(bucket: string, block: PublicAccessBlock | null): Promise<void> {
  await callStore('app', 'Setting the public access block', async (client) => {
    if (block === null) await client.send(new DeletePublicAccessBlockCommand({ Bucket: bucket }));
    else await client.send(new PutPublicAccessBlockCommand({ Bucket: bucket, PublicAccessBlockConfiguration: block }));
  });
}

/** `BucketOwnerEnforced` switches ACLs off; null when the bucket says nothing. */
export async function getObjectOwnership(bucket: string): Promise<string | null> {
  try {
    const { OwnershipControls } = await callStore('app', 'Reading the object ownership', (client) =>
      client.send(new GetBucketOwnershipControlsCommand({ Bucket: bucket })),
    );
    return OwnershipControls?.Rules?.[0]?.ObjectOwnership ?? null;
  } catch (error) {
    if (hasName(error, 'OwnershipControlsNotFoundError')) return null;
    throw error;
  }
}

export async function putObjectOwnership(bucket: string, ownership: string | null): Promise<void> {
  await callStore('app', 'Setting the object ownership', async (client) => {
    if (ownership === null) await client.send(new DeleteBucketOwnershipControlsCommand({ Bucket: bucket }));
    else
      await client.send(
        new PutBucketOwnershipControlsCommand({
          Bucket: bucket,
          OwnershipControls: { Rules: [{ ObjectOwnership: ownership as ObjectOwnership }] },
        }),
      );
  });
}
