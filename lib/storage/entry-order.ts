import type { ListObjectVersionsCommand } from '@aws-sdk/client-s3';
import { HttpResponse } from '@smithy/protocol-http';

type EntryKind = 'Version' | 'DeleteMarker';

/** `<VersionId>` does not match: the name must end there. Text in XML cannot hold a raw `<`. */
const ENTRY = /<(Version|DeleteMarker)[\s>]/g;

/**
 * Keeps the order in which the raw XML mixes versions and delete markers; the SDK hands out two lists and loses it
 * (s3-facts 3.4, 3.5). Within each list the SDK keeps the order, so the sequence of kinds is enough to merge them.
 */
export function recordEntryOrder(command: ListObjectVersionsCommand): {
  command: ListObjectVersionsCommand;
  order: () => EntryKind[];
  /** The store names itself VersityGW, which mixes nothing (see grouped-order.ts). */
  isGrouped: () => boolean;
} {
  let order: EntryKind[] = [];
  let server = '';
  command.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      if (HttpResponse.isInstance(result.response) && result.response.body) {
        server = result.response.headers.server ?? '';
        const body = await readAll(result.response.body);
        order = [...body.toString('utf8').matchAll(ENTRY)].map((match) => match[1] as EntryKind);
        result.response.body = body;
      }
      return result;
    },
    // Low priority: nearer to the wire than the SDK's own deserializer.
    { name: 'recordEntryOrder', step: 'deserialize', priority: 'low' },
  );
  return { command, order: () => order, isGrouped: () => /versitygw/i.test(server) };
}

async function readAll(body: AsyncIterable<Uint8Array> | Uint8Array): Promise<Buffer> {
  if (body instanceof Uint8Array) return Buffer.from(body);
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks);
}
