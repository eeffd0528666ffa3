import { S3Client } from '@aws-sdk/client-s3';
import { storeEndpoint } from './environment.ts';

/** A client of the specs' own: they ask the store itself, not the app, what is there. */
export const storeClient = (accessKeyId = '', secretAccessKey = ''): S3Client =>
  new S3Client({
    endpoint: storeEndpoint,
    region: process.env.S3_REGION ?? 'us-east-1',
    forcePathStyle: true,
    credentials: { accessKeyId, secretAccessKey },
  });
