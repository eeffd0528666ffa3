import http from 'node:http';
import https from 'node:https';
import { hasDotSegments } from './address.ts';
import { startStoreCall } from './count-store-calls.ts';
import { signRequest } from './sign-request.ts';
import { throughStoreGate } from './store-gate.ts';
import type { ObjectRef, SignedRequest } from './types.ts';

/** Milliseconds to connect, and without an answer where nothing else is said. */
const defaultPatience = 5_000;
/** Idle connections kept to the store, and at most as many requests at once. */
const connections = 50;
/** Seconds; used at once. */
const linkSeconds = 60;
/** Bytes of an answer that are read: the ones we know are below 1 KiB. */
const longestBody = 64 * 1024;

const agentOptions = { keepAlive: true, maxSockets: connections, maxFreeSockets: connections };
const plain = new http.Agent(agentOptions);
const secure = new https.Agent(agentOptions);

export type StoreHeaders = http.IncomingHttpHeaders;
export type StoreAnswer = { status: number; headers: StoreHeaders; body: string };

export type OwnRequest = {
  /** As the SDK names it, for counting. */
  call: 'HeadObject' | 'CopyObject' | 'DeleteObject' | 'PutObject' | 'GetObjectTagging';
  method: 'HEAD' | 'PUT' | 'DELETE' | 'GET';
  ref: ObjectRef;
  query?: Record<string, string>;
  /** Lower-case names; all are signed. */
  headers?: Record<string, string>;
  /** With PUT; small. */
  body?: Uint8Array;
  /** Milliseconds without an answer, once connected. */
  patience?: number;
};

/**
 * One small request by the identity `app`, signed like our URLs and sent over a kept connection: 0.15 ms of processor time in place of the
 * 0.7 that the SDK's client takes [measured with scripts/bench/upload-small.mjs and restore.mjs]. For what is done once a file. It waits at the
 * gate like every call, tries once and judges nothing: whatever is not the plain answer, the caller asks again by the SDK, which repeats
 * and tells faults apart, just as the SDK would have repeated it by itself.
 * @returns null when no whole answer came, and for keys that no URL can hold
 */
export async function sendOwnRequest(request: OwnRequest): Promise<StoreAnswer | null> {
  const { call, method, body, patience = defaultPatience } = request;
  const signed = await sign(request);
  if (signed === null) return null;
  return throughStoreGate(async () => {
    const ended = startStoreCall(call);
    const answer = await send(method, signed.url, signed.headers, patience, body);
    ended(outcomeOf(answer));
    return answer;
  });
}

/** Null for a key that no URL can hold; the SDK sends its path as it is. */
async function sign({
  method,
  ref,
  query = {},
  headers = {},
}: Pick<OwnRequest, 'method' | 'ref' | 'query' | 'headers'>): Promise<SignedRequest | null> {
  if (hasDotSegments(ref.key.split('/'))) return null;
  const unsigned = { identity: 'app', method, ref, headers, query, expiresIn: linkSeconds } as const;
  return signRequest({ ...unsigned, now: new Date(), endpoint: 'internal' });
}

/** What is not plain is asked again by the SDK, which is counted too and tells its kinds apart. */
function outcomeOf(answer: StoreAnswer | null): 'ok' | 'absent' | 'fault' {
  if (answer === null) return 'fault';
  if (answer.status >= 200 && answer.status < 300) return 'ok';
  return answer.status === 404 || answer.status === 405 ? 'absent' : 'fault';
}

function send(
  method: string,
  url: string,
  headers: Record<string, string>,
  patience: number,
  content?: Uint8Array,
): Promise<StoreAnswer | null> {
  return new Promise((resolve) => {
    const request = begin(url, { method, headers }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (text: string) => {
        body += text;
        if (body.length > longestBody) request.destroy();
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
      // Also when it was cut off in the middle; after the end it says nothing new.
      response.on('close', () => resolve(null));
    });
    if (patience !== defaultPatience) {
      request.on('socket', (socket) => {
        if (socket.connecting) socket.once('connect', () => request.setTimeout(patience));
        else request.setTimeout(patience);
      });
    }
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(null));
    request.end(content);
  });
}

function begin(
  url: string,
  options: { method: string; headers: Record<string, string> },
  answered: (response: http.IncomingMessage) => void,
): http.ClientRequest {
  const isSecure = url.startsWith('https:');
  const all = { ...options, agent: isSecure ? secure : plain, timeout: defaultPatience };
  return (isSecure ? https : http).request(url, all, answered);
}

/**
 * The same for a GetObject whose body is long: 0.4 of the processor time of the SDK's client and its layers of streams. The caller must read the
 * body to its end or destroy it; one that is cut off or stands still fails while it is read.
 * @param patience milliseconds in which bytes must flow
 * @returns null for anything but a plain success
 */
export async function openOwnRequest(
  request: Pick<OwnRequest, 'ref' | 'query' | 'headers'> & { patience: number },
): Promise<http.IncomingMessage | null> {
  const signed = await sign({ ...request, method: 'GET' });
  if (signed === null) return null;
  return throughStoreGate(async () => {
    const ended = startStoreCall('GetObject');
    const response = await new Promise<http.IncomingMessage | null>((resolve) => {
      const sent = begin(signed.url, { method: 'GET', headers: signed.headers }, resolve);
      sent.on('timeout', () =>
        sent.destroy(Object.assign(new Error('The store stopped sending.'), { code: 'ETIMEDOUT' })),
      );
      sent.on('error', () => resolve(null));
      sent.end();
    });
    const isPlain = response?.statusCode === 200 || response?.statusCode === 206;
    ended(
      response === null
        ? 'fault'
        : outcomeOf({ status: response.statusCode ?? 0, headers: response.headers, body: '' }),
    );
    if (isPlain) {
      response.setTimeout(request.patience);
      return response;
    }
    response?.destroy();
    return null;
  });
}
