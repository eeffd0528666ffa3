import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { callStore } from './client.ts';

export type StoreFolderPage = {
  /** Keys directly in the folder, without its own marker. Live ones only. */
  keys: string[];
  /** Prefixes directly in it, each ending in "/". */
  prefixes: string[];
  /** Whether an object bears the name of the folder itself. */
  marked: boolean;
  next: string | null;
};

/**
 * What lies directly under a prefix at this moment, in key order, from the store itself.
 * @param input.prefix "" or ending in "/"
 * @param input.after opaque, from the page before
 * @param input.limit 1 to 1,000 keys and prefixes together
 * @throws AppError store_unavailable
 */
export async function listStoreFolder(input: {
  bucket: string;
  prefix: string;
  after?: string | undefined;
  limit: number;
}): Promise<StoreFolderPage> {
  const page = await callStore('app', 'Listing the folder', (client) =>
    client.send(
      new ListObjectsV2Command({
        Bucket: input.bucket,
        Prefix: input.prefix,
        Delimiter: '/',
        EncodingType: 'url',
        MaxKeys: input.limit,
        ...(input.after ? { ContinuationToken: input.after } : {}),
      }),
    ),
  );
  const decode = (key: string) => (page.EncodingType === 'url' ? decodeURIComponent(key.replaceAll('+', ' ')) : key);
  const keys = (page.Contents ?? []).map((object) => decode(object.Key ?? ''));
  return {
    keys: keys.filter((key) => key !== input.prefix),
    prefixes: (page.CommonPrefixes ?? []).map((prefix) => decode(prefix.Prefix ?? '')),
    marked: keys.includes(input.prefix),
    next: page.IsTruncated ? (page.NextContinuationToken ?? null) : null,
  };
}
