/**
 * What does one of our upload URLs cost beside the SDK's own `getSignedUrl`? `npx node scripts/bench/signing.mjs [--rounds 200] [--batch 100]`.
 * Needs no services: nothing is sent. Each round signs a batch with each of the three in turn, for the same place with the same headers
 * bound; the order turns, so that none of them always follows the same one. Prints medians of a URL, and the ratio from this one run (goal 0.15).
 */
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '200' }, batch: { type: 'string', default: '100' } },
});
const rounds = Number(values.rounds);
const batch = Number(values.batch);
const goal = 0.15;

Object.assign(process.env, {
  DATABASE_URL: 'postgres://bench@127.0.0.1:9/bench',
  NEXTAUTH_SECRET: 'signing-bench-0123456789abcdef0123456',
  S3_ENDPOINT: 'http://127.0.0.1:9000',
  S3_BUCKET: 'bench',
  S3_ACCESS_KEY_ID: 'app-key',
  S3_SECRET_ACCESS_KEY: 'app-secret',
  S3_UPLOAD_ACCESS_KEY_ID: 'upload-key',
  S3_UPLOAD_SECRET_ACCESS_KEY: 'upload-secret',
});
const { PutObjectCommand, UploadPartCommand } = await import('@aws-sdk/client-s3');
const { getSignedUrl } = await import('@aws-sdk/s3-request-presigner');
const { storeClient } = await import('../../lib/storage/client.ts');
const { presignPart, presignPut } = await import('../../lib/storage/presign.ts');

const bucket = 'bench';
const crc64nvme = 'rosUhgp5mIg=';
const expiresIn = 600;
const storeUploadId = 'MTJhYzQ1LTY3ODktYWJjZC1lZmdoLWlqa2xtbm9wcXJzdC4xMjM0NTY3ODkw';
/** No two alike, as in a folder of photos; a cache of whole answers would help nobody. */
const keyOf = (at) => `photos/2026/11/summer in Norway/DSC_${String(at).padStart(7, '0')}.jpg`;
const client = storeClient('upload');

const ours = (at) =>
  presignPut({
    ref: { bucket, key: keyOf(at) },
    size: 4_000_000 + at,
    contentType: 'image/jpeg',
    crc64nvme,
    condition: { ifNoneMatch: '*' },
    encryption: { kind: 'AES256' },
    metadata: { 'strata-upload': '018f3c2e-7f10-7c5a-9c4e-0123456789ab', mtime: String(1_700_000_000_000 + at) },
    expiresIn,
  });
const ourPart = (at) =>
  presignPart({
    ref: { bucket, key: keyOf(0) },
    storeUploadId,
    partNumber: 1 + (at % 10_000),
    size: 16 * 1024 * 1024,
    crc64nvme,
    expiresIn,
  });
/** The SDK moves what it can into the query, where it binds nothing; these are told to stay headers, as ours are. */
const bound = (...names) => ({ expiresIn, unhoistableHeaders: new Set(names) });
const theirs = (at) =>
  getSignedUrl(
    client,
    new PutObjectCommand({
      Bucket: bucket,
      Key: keyOf(at),
      ContentLength: 4_000_000 + at,
      ContentType: 'image/jpeg',
      ChecksumCRC64NVME: crc64nvme,
      IfNoneMatch: '*',
      ServerSideEncryption: 'AES256',
      Metadata: { 'strata-upload': '018f3c2e-7f10-7c5a-9c4e-0123456789ab', mtime: String(1_700_000_000_000 + at) },
    }),
    {
      ...bound(
        'x-amz-checksum-crc64nvme',
        'x-amz-server-side-encryption',
        'x-amz-meta-strata-upload',
        'x-amz-meta-mtime',
      ),
      signableHeaders: new Set(['content-type']),
    },
  );
const theirPart = (at) =>
  getSignedUrl(
    client,
    new UploadPartCommand({
      Bucket: bucket,
      Key: keyOf(0),
      UploadId: storeUploadId,
      PartNumber: 1 + (at % 10_000),
      ContentLength: 16 * 1024 * 1024,
      ChecksumCRC64NVME: crc64nvme,
    }),
    bound('x-amz-checksum-crc64nvme'),
  );

const contenders = {
  presignPut: ours,
  presignPart: ourPart,
  'getSignedUrl PUT': theirs,
  'getSignedUrl part': theirPart,
};
const names = Object.keys(contenders);
await requireSameBinding();
const times = Object.fromEntries(names.map((name) => [name, []]));
let at = 0;
for (let round = -30; round < rounds; round++) {
  for (let turn = 0; turn < names.length; turn++) {
    const name = names[(turn + round + 1000 * names.length) % names.length];
    const sign = contenders[name];
    const from = performance.now();
    // One after the other: side by side would measure the queue of promises.
    for (let one = 0; one < batch; one++) await sign(at++);
    if (round >= 0) times[name].push(((performance.now() - from) * 1000) / batch);
  }
}

console.log(`${rounds} rounds of ${batch} URLs, median of a URL (Node ${process.versions.node})`);
for (const name of names) console.log(`  ${name.padEnd(18)} ${median(times[name]).toFixed(1).padStart(7)} us`);
const ratios = [
  ['PUT', median(times.presignPut) / median(times['getSignedUrl PUT'])],
  ['part', median(times.presignPart) / median(times['getSignedUrl part'])],
];
for (const [name, ratio] of ratios) {
  console.log(
    `ratio ours / getSignedUrl, ${name}: ${ratio.toFixed(3)} (goal ${goal}${ratio <= goal ? '' : ', missed'})`,
  );
}

/** A cheaper signature that binds less would be no win. */
async function requireSameBinding() {
  for (const [mine, sdk] of [
    [(await ours(1)).url, await theirs(1)],
    [(await ourPart(1)).url, await theirPart(1)],
  ]) {
    const [a, b] = [mine, sdk].map((url) => new URL(url).searchParams.get('X-Amz-SignedHeaders'));
    if (a !== b) throw new Error(`ours binds ${a}, the SDK was asked to bind ${b}`);
  }
}

function median(list) {
  const sorted = [...list].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
