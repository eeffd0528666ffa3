import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { answerError, closeRelayServer, openRelayServer, passOn } from './relay-server.ts';

/**
 * A relay before a store that keeps archived versions shut, as AWS does and MinIO does not: versions named to it are listed in an archive
 * class, copying or reading them answers InvalidObjectState until they are thawed, and RestoreObject is taken and remembered.
 */
export class ThawingRelay {
  readonly url: string;
  /** What was asked with RestoreObject, in order. */
  readonly asked: { versionId: string; tier: string; days: number; answer: number }[] = [];
  readonly #server: Server;
  readonly #target: URL;
  readonly #classes = new Map<string, string>();
  readonly #thawed = new Set<string>();

  private constructor(server: Server, url: string, target: URL) {
    this.#server = server;
    this.url = url;
    this.#target = target;
  }

  static async before(target: string): Promise<ThawingRelay> {
    const { server, url } = await openRelayServer((incoming, outgoing) => relay.#carry(incoming, outgoing));
    const relay = new ThawingRelay(server, url, new URL(target));
    return relay;
  }

  archive(versionId: string, storageClass: 'GLACIER' | 'DEEP_ARCHIVE'): void {
    this.#classes.set(versionId, storageClass);
  }

  /** The hours are over. */
  thaw(versionId: string): void {
    this.#thawed.add(versionId);
  }

  close(): Promise<void> {
    return closeRelayServer(this.#server);
  }

  async #carry(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const url = new URL(String(incoming.url), this.url);
    if (incoming.method === 'POST' && url.searchParams.has('restore')) return this.#restore(url, incoming, outgoing);
    const source = new URL(String(incoming.headers['x-amz-copy-source'] ?? ''), `${this.url}/`);
    const versionId =
      source.searchParams.get('versionId') ?? (incoming.method === 'GET' ? url.searchParams.get('versionId') : null);
    if (versionId && this.#classes.has(versionId) && !this.#thawed.has(versionId)) {
      incoming.resume();
      return answerError(outgoing, 403, 'InvalidObjectState');
    }
    const isListing = incoming.method === 'GET' && url.searchParams.has('versions');
    passOn(this.#target, incoming, outgoing, (reply) => {
      if (isListing) void this.#list(reply, outgoing);
      else {
        outgoing.writeHead(reply.statusCode ?? 502, reply.headers);
        reply.pipe(outgoing);
      }
    });
  }

  async #restore(url: URL, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const body = await textOf(incoming);
    const versionId = url.searchParams.get('versionId') ?? '';
    const status = this.asked.some((one) => one.versionId === versionId) ? 409 : 202;
    const tier = /<Tier>(\w+)</.exec(body)?.[1] ?? '';
    this.asked.push({ versionId, tier, days: Number(/<Days>(\d+)</.exec(body)?.[1]), answer: status });
    if (status === 409) return answerError(outgoing, status, 'RestoreAlreadyInProgress');
    outgoing.writeHead(status).end();
  }

  /** The listing with the classes that it would show. */
  async #list(reply: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const xml = (await textOf(reply)).replace(/<Version>.*?<\/Version>/gs, (entry) => {
      const storageClass = this.#classes.get(/<VersionId>(.*?)</.exec(entry)?.[1] ?? '');
      return storageClass ? entry.replace(/<StorageClass>\w+</, `<StorageClass>${storageClass}<`) : entry;
    });
    const { 'content-length': _, 'transfer-encoding': __, ...headers } = reply.headers;
    outgoing.writeHead(reply.statusCode ?? 502, { ...headers, 'content-length': Buffer.byteLength(xml) }).end(xml);
  }
}

async function textOf(message: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of message) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString('utf8');
}
