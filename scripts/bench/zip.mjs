/**
 * A folder saved as one ZIP by the page, beside the same objects read one after the other by curl, and what it costs the page in memory.
 *
 *   npx node scripts/bench/run.mjs zip [-- --small 1000 --kb 50 --large 10 --mb 50 --rounds 3]
 *
 * The objects are written straight into the store and found by its events. All sides read from the same store in turn; the page writes a
 * file on this disk, curl throws the bytes away. What this browser can do at all are the third and the fourth number: a bare loop of fetch in
 * the page over the same objects, six at once, which throws the bytes away and writes nothing; and one object of as many bytes, saved by the
 * browser itself with no page in between. Processor time by process says who is at its limit. Goals (performance.md section 9.14): >= 0.7 of
 * curl's MiB/s, <= 64 MiB more in the page's process, and the length that was told beforehand.
 */
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { putBytes } from '#lib/storage/objects.ts';
import { presignGet } from '#lib/storage/presign.ts';
import { makeScratch, median, openLibrary, printCpu, readTarget, rotated, spread } from './pages/bench-session.mjs';
import { commandOf, cpuAccounts, cpuBetween, processTree, residentBytes } from './pages/processes.mjs';

const { values } = parseArgs({
  options: {
    small: { type: 'string', default: '1000' },
    kb: { type: 'string', default: '50' },
    large: { type: 'string', default: '10' },
    mb: { type: 'string', default: '50' },
    rounds: { type: 'string', default: '3' },
  },
});
const MiB = 1024 * 1024;
const folder = 'zip-bench';
const bucket = String(process.env.S3_BUCKET);
const rounds = Number(values.rounds);
const limitSeconds = 300;
const goals = { ratio: 0.7, memory: 64 };

const target = readTarget();
const files = [
  ...Array.from({ length: Number(values.small) }, (_, at) => ({
    name: `small-${at}.bin`,
    bytes: Number(values.kb) * 1024,
  })),
  ...Array.from({ length: Number(values.large) }, (_, at) => ({
    name: `large-${at}.bin`,
    bytes: Number(values.mb) * MiB,
  })),
];
const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
const scratch = makeScratch(total * 2);
await fill();
const oneObject = { key: 'zip-bench-one.bin', versionId: await putOne() };
const { page, slug } = await openLibrary(target);
try {
  await page.send('Page.setDownloadBehavior', { behavior: 'allow', downloadPath: scratch.dir });
  await untilIndexed();
  await page.goto(new URL(`/browse/${slug}?view=list`, target.appUrl).href);
  await page.until(
    (name) => document.querySelector(`[role=row][aria-label="${name}"]`) !== null,
    'the folder',
    60,
    folder,
  );
  const speeds = { zip: [], curl: [], bare: [], one: [] };
  const spent = { zip: [], one: [] };
  const accounts = cpuAccounts({ browserPid: page.pid, appUrl: target.appUrl });
  const memory = [];
  const lengths = new Set();
  const cases = [
    async () => {
      const before = accounts();
      const { seconds, grown, length } = await saveZip();
      spent.zip.push(cpuBetween(before, accounts()));
      lengths.add(length);
      memory.push(grown / MiB);
      return { zip: total / MiB / seconds };
    },
    async () => ({ curl: total / MiB / (await readByCurl()) }),
    async () => ({ bare: total / MiB / (await page.call(readBare, await signAll())) }),
    async () => {
      const before = accounts();
      const seconds = await saveOne();
      spent.one.push(cpuBetween(before, accounts()));
      return { one: total / MiB / seconds };
    },
  ];
  for (let round = 0; round <= rounds; round += 1) {
    for (const one of rotated(cases, round)) {
      const found = await one();
      if (round > 0) for (const [name, value] of Object.entries(found)) speeds[name].push(value);
    }
  }
  console.log(`${files.length} files, ${(total / MiB).toFixed(0)} MiB, ${rounds} rounds, medians (lowest to highest):`);
  console.log(`ZIP saved by the page         ${spread(speeds.zip, 'MiB/s')}`);
  console.log(`curl, one after the other     ${spread(speeds.curl, 'MiB/s')}`);
  console.log(`fetch in the page, six at once ${spread(speeds.bare, 'MiB/s')}`);
  console.log(`one object saved by the browser ${spread(speeds.one, 'MiB/s')}`);
  console.log(`ratio to curl ${(median(speeds.zip) / median(speeds.curl)).toFixed(2)} (goal >= ${goals.ratio})`);
  console.log(`ratio to what the page can read at all ${(median(speeds.zip) / median(speeds.bare)).toFixed(2)}`);
  console.log(
    `ratio to what the browser saves without a page ${(median(speeds.zip) / median(speeds.one)).toFixed(2)}; that itself is ${(median(speeds.one) / median(speeds.curl)).toFixed(2)} of curl`,
  );
  console.log('processor time in ms, of the ZIP and of the one object:');
  printCpu(spent.zip, spent.one);
  console.log(`the page's process grew by ${spread(memory, 'MiB')} at most (goal <= ${goals.memory})`);
  console.log(`bytes of the ZIP: ${[...lengths].join(', ')}; told beforehand and the same each time`);
} finally {
  await page.close();
  scratch.remove();
}

async function fill() {
  const lanes = Array.from({ length: 8 }, async (_, lane) => {
    for (let at = lane; at < files.length; at += 8) {
      const { name, bytes } = files[at];
      const ref = { bucket, key: `${folder}/${name}` };
      files[at].versionId = (await putBytes(ref, randomBytes(bytes), 'application/octet-stream')).versionId;
    }
  });
  await Promise.all(lanes);
}

/** As many bytes as all files together, in one object. */
async function putOne() {
  const ref = { bucket, key: 'zip-bench-one.bin' };
  return (await putBytes(ref, Buffer.alloc(total, randomBytes(MiB)), 'application/octet-stream')).versionId;
}

/** A link to the store, followed as from any page. Seconds until the whole file is on the disk. */
async function saveOne() {
  for (const name of readdirSync(scratch.dir)) rmSync(join(scratch.dir, name), { force: true });
  const { key, versionId } = oneObject;
  const { url } = await presignGet({
    ref: { bucket, key },
    versionId,
    disposition: 'attachment',
    fileName: key,
    expiresIn: 600,
  });
  const began = performance.now();
  await page.call((href) => {
    const link = document.createElement('a');
    link.href = href;
    link.click();
  }, url);
  while (!existsSync(join(scratch.dir, key))) {
    if (performance.now() - began > limitSeconds * 1000) throw new Error('The object was not saved in time.');
    await sleep(50);
  }
  return (performance.now() - began) / 1000;
}

async function untilIndexed() {
  const counted = async (library, name) => {
    const answer = await fetch(`/api/v1/libraries/${library}/entries?path=${name}/&limit=1`);
    return answer.ok ? (await answer.json()).totals.assetCount : 0;
  };
  const deadline = Date.now() + limitSeconds * 1000;
  while ((await page.call(counted, slug, folder)) !== files.length) {
    if (Date.now() > deadline) throw new Error('The store’s events did not bring every file into the index.');
    await sleep(500);
  }
}

/** From the menu to the whole file on the disk. The browser gives it its length beforehand and ends it only when that many bytes came. */
async function saveZip() {
  for (const name of readdirSync(scratch.dir)) rmSync(join(scratch.dir, name), { force: true });
  await page.send('HeapProfiler.collectGarbage');
  const renderer = () =>
    Math.max(
      ...processTree(page.pid)
        .filter((pid) => commandOf(pid).includes('--type=renderer'))
        .map(residentBytes),
    );
  const before = renderer();
  let highest = before;
  const began = performance.now();
  await page.call(async (name) => {
    const row = document.querySelector(`[role=row][aria-label="${name}"]`);
    const { left, top } = row.getBoundingClientRect();
    row.dispatchEvent(
      new MouseEvent('contextmenu', {
        bubbles: true,
        cancelable: true,
        clientX: left + 20,
        clientY: top + 8,
        button: 2,
      }),
    );
    for (;;) {
      const item = [...document.querySelectorAll('[role=menuitem]')].find((one) => /as ZIP/.test(one.textContent));
      if (item) return item.click();
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }, folder);
  const file = join(scratch.dir, `${folder}.zip`);
  while (!existsSync(file)) {
    highest = Math.max(highest, renderer());
    if (performance.now() - began > limitSeconds * 1000) throw new Error('The ZIP was not saved in time.');
    await sleep(50);
  }
  const seconds = (performance.now() - began) / 1000;
  const length = statSync(file).size;
  if (length < total) throw new Error(`The ZIP has ${length} bytes, less than what is in it.`);
  return { seconds, grown: highest - before, length };
}

/** A link to each object, in the order of the ZIP. */
async function signAll() {
  const urls = [];
  for (const { name, versionId } of files) {
    const ref = { bucket, key: `${folder}/${name}` };
    const { url } = await presignGet({ ref, versionId, disposition: 'attachment', fileName: name, expiresIn: 600 });
    urls.push(url);
  }
  return urls;
}

/** Runs in the page: all bytes through its hands and away, in seconds. */
async function readBare(urls) {
  const began = performance.now();
  let next = 0;
  const lane = async () => {
    while (next < urls.length) {
      const response = await fetch(urls[next++], { cache: 'no-store', credentials: 'omit' });
      if (!response.ok) throw new Error(`The store answered ${response.status}.`);
      const reader = response.body.getReader();
      while (!(await reader.read()).done);
    }
  };
  await Promise.all(Array.from({ length: 6 }, lane));
  return (performance.now() - began) / 1000;
}

/** All objects by one curl, over one kept connection, in seconds. */
async function readByCurl() {
  const config = join(scratch.dir, 'urls.txt');
  const lines = (await signAll()).flatMap((url) => [`url = "${url}"`, 'output = /dev/null']);
  writeFileSync(config, lines.join('\n'));
  const began = performance.now();
  const { status, stderr } = spawnSync('curl', ['-sS', '--fail', '-K', config], {
    encoding: 'utf8',
    timeout: limitSeconds * 1000,
  });
  if (status !== 0) throw new Error(`curl: ${stderr}`);
  return (performance.now() - began) / 1000;
}
