/**
 * Fills a bucket with small objects over presigned PUTs: the body is empty, so that the time goes into keys, not bytes. The environment names
 * the store, as for the app; call after it is set.
 */
import { Agent, request } from 'node:http';

/**
 * @param {{ bucket: string, from?: number, to: number, nameOf: (n: number) => string, connections?: number, onProgress?: (done: number) => void }} options
 */
export async function fillBucket({ bucket, from = 0, to, nameOf, connections = 32, onProgress = () => {} }) {
  const { signRequest } = await import('../../lib/storage/sign-request.ts');
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  let next = from;
  const lane = async () => {
    while (next < to) {
      const n = next++;
      const signed = await signRequest({
        identity: 'upload',
        method: 'PUT',
        ref: { bucket, key: nameOf(n) },
        headers: { 'content-length': '0' },
        query: {},
        expiresIn: 600,
        now: new Date(),
        endpoint: 'internal',
      });
      await put(agent, signed);
      if (n % 10_000 === 9_999) onProgress(n + 1);
    }
  };
  await Promise.all(Array.from({ length: connections }, lane));
  agent.destroy();
}

function put(agent, { url, headers }) {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'PUT', agent, headers }, (answer) => {
      answer.resume();
      answer.once('end', () =>
        answer.statusCode === 200 ? resolve() : reject(new Error(`The store answered ${answer.statusCode} to a PUT.`)),
      );
    });
    sent.once('error', reject);
    sent.end();
  });
}
