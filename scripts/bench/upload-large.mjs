/**
 * One large file: Strata's engine beside a bare in-page loop of XHRs, and beside `curl -T`.
 *
 *   APP_URL=http://localhost:3000 ADMIN_EMAIL=… ADMIN_PASSWORD=… node scripts/bench/upload-large.mjs [--mib 512] [--rounds 5]
 *
 * Runs against a running Strata on this machine; use one whose data may be thrown away. Each round does every case once, in another
 * order; the first round is dropped; the ratio is that of the medians of one run (performance.md sections 0.5 and 9.1). `curl -T` needs
 * the store too: S3_ENDPOINT, S3_BUCKET, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY.
 */
import { spawnSync } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { closeSync, linkSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { installBareLoops } from './pages/bare-loops.mjs';
import {
  makeScratch,
  median,
  openLibrary,
  printCpu,
  readTarget,
  rotated,
  spread,
  uploadByApp,
} from './pages/bench-session.mjs';
import { cpuAccounts, cpuBetween } from './pages/processes.mjs';

const { values } = parseArgs({
  options: { mib: { type: 'string', default: '512' }, rounds: { type: 'string', default: '5' } },
});
const MiB = 1024 * 1024;
const size = Number(values.mib) * MiB;
const rounds = Number(values.rounds);
/** No case may take longer. */
const limitSeconds = 180;
const goal = 0.95;

const target = readTarget();
const scratch = makeScratch(size);
const run = randomUUID().slice(0, 8);
const file = join(scratch.dir, 'large.bin');
writeRandom(file, size);
const { page, slug } = await openLibrary(target);
try {
  await installBareLoops(page);
  await page.setFiles('#bare-input', [file]);
  const firstMs = [];
  const readCpu = cpuAccounts({ browserPid: page.pid, appUrl: target.appUrl });
  const cpu = { ours: [], bare: [] };
  const figures = { stored: [], verified: [], buffer: [], slice: [], plain: [], curl: [] };
  const cases = [
    async (round) => {
      const name = join(scratch.dir, `bench-${run}-${round}.bin`);
      linkSync(file, name);
      const times = await uploadByApp(page, [name], limitSeconds);
      firstMs.push(times.firstByteMs);
      return { stored: times.storedMs, verified: times.verifiedMs };
    },
    ...['buffer', 'slice', 'plain'].map((how) => async (round) => ({
      [how]: await page.call(bareParts, slug, `bench-${run}-${how}-${round}.bin`, how),
    })),
    ...(process.env.S3_ACCESS_KEY_ID
      ? [async (round) => ({ curl: await curlPut(`bench-${run}-curl-${round}.bin`) })]
      : []),
  ];
  for (let round = 0; round <= rounds; round += 1) {
    for (const one of rotated(cases, round)) {
      const before = readCpu();
      const found = await one(round);
      const spent = cpuBetween(before, readCpu());
      if (round > 0 && 'stored' in found) cpu.ours.push(spent);
      if (round > 0 && 'slice' in found) cpu.bare.push(spent);
      if (round > 0) for (const [name, ms] of Object.entries(found)) figures[name].push(size / MiB / (ms / 1000));
    }
  }

  const line = (what, speeds) => {
    const ratio = median(figures.stored) / median(speeds);
    console.log(`${what.padEnd(44)} ${spread(speeds, 'MiB/s').padEnd(30)} ours / this ${ratio.toFixed(2)}`);
  };
  console.log(`One file of ${values.mib} MiB, ${rounds} rounds, medians (lowest to highest):`);
  line('Strata, to the last byte at the store', figures.stored);
  console.log(`  of it until the first byte is sent            ${spread(firstMs.slice(1), 'ms')}`);
  line('Strata, to verified and in the library', figures.verified);
  line(`bare XHR, parts x 4, same checksums (>= ${goal})`, figures.slice);
  line('the same, sending the bytes that were hashed', figures.buffer);
  line('bare XHR, parts x 4, no checksums', figures.plain);
  if (figures.curl.length > 0) line('curl -T, one PUT', figures.curl);
  else console.log('curl -T: left out, since S3_ACCESS_KEY_ID is not set');
  console.log(
    'CPU of each process in ms, medians: Strata until verified, and the bare loop that hashes twice and verifies nothing:',
  );
  printCpu(cpu.ours, cpu.bare);
} finally {
  await page.close();
  scratch.remove();
}

function bareParts(library, path, how) {
  return window.bare.parts(library, path, how);
}

/** A presigned PUT of the whole file, as anybody's script would do it. */
async function curlPut(key) {
  const { PutObjectCommand, S3Client } = await import('@aws-sdk/client-s3');
  const { getSignedUrl } = await import('@aws-sdk/s3-request-presigner');
  const client = new S3Client({
    endpoint: process.env.S3_ENDPOINT,
    region: process.env.S3_REGION ?? 'us-east-1',
    forcePathStyle: true,
    credentials: { accessKeyId: process.env.S3_ACCESS_KEY_ID, secretAccessKey: process.env.S3_SECRET_ACCESS_KEY },
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
  const url = await getSignedUrl(client, new PutObjectCommand({ Bucket: process.env.S3_BUCKET, Key: key }));
  const args = [
    '-sS',
    '--fail',
    '--max-time',
    String(limitSeconds),
    '-o',
    '/dev/null',
    '-w',
    '%{time_total}',
    '-T',
    file,
    url,
  ];
  const { stdout, stderr, status } = spawnSync('curl', args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`curl ended with ${status}: ${stderr}`);
  return Number(stdout) * 1000;
}

/** Random bytes, so that nothing on the way can compress them; one block of 64 MiB repeated, which no part size divides evenly. */
function writeRandom(path, bytes) {
  const block = randomBytes(Math.min(bytes, 64 * MiB - 4096));
  const out = openSync(path, 'w');
  for (let at = 0; at < bytes; at += block.length) writeSync(out, block, 0, Math.min(block.length, bytes - at));
  closeSync(out);
}
