import type { ListObjectVersionsCommand } from '@aws-sdk/client-s3';
import { HttpResponse } from '@smithy/protocol-http';
import { parseVersionsListing, type RawListing } from './parse-versions-listing.ts';

/** What the SDK's parser gets to see: it has nothing to do. */
const nothingLeft = Buffer.from('<ListVersionsResult/>');

/**
 * Takes the answer to a ListObjectVersions from the wire before the SDK parses it, and reads it itself (see `parseVersionsListing`).
 * Signing, repeats and faults stay the SDK's: only an answer of status 200 is read here.
 */
export function readVersionsAnswer(command: ListObjectVersionsCommand): {
  command: ListObjectVersionsCommand;
  /** After the command was sent. */
  listing: () => RawListing;
  /** The store names itself VersityGW, which mixes nothing (see grouped-order.ts). */
  isGrouped: () => boolean;
} {
  let listing: RawListing | null = null;
  let server = '';
  command.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      if (HttpResponse.isInstance(result.response) && result.response.statusCode === 200 && result.response.body) {
        server = result.response.headers.server ?? '';
        listing = parseVersionsListing((await readAll(result.response.body)).toString('utf8'));
        result.response.body = nothingLeft;
      }
      return result;
    },
    // Low priority: nearer to the wire than the SDK's own deserializer.
    { name: 'readVersionsAnswer', step: 'deserialize', priority: 'low' },
  );
  return {
    command,
    listing: () => {
      if (!listing) throw new Error('The store answered without a listing.');
      return listing;
    },
    isGrouped: () => /versitygw/i.test(server),
  };
}

async function readAll(body: AsyncIterable<Uint8Array> | Uint8Array): Promise<Buffer> {
  if (body instanceof Uint8Array) return Buffer.from(body);
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks);
}
