/**
 * Many small files: Strata's engine beside a bare in-page loop of PUTs at 6 connections, and how often it asks the app.
 *
 *   APP_URL=http://localhost:3000 ADMIN_EMAIL=… ADMIN_PASSWORD=… node scripts/bench/upload-small.mjs [--files 1000] [--kb 50] [--rounds 5]
 *
 * Runs against a running Strata on this machine; use one whose data may be thrown away. Each round does both, in turn first; the first
 * round is dropped; the ratio is that of the medians of one run. The bare loop has its links and checksums beforehand and verifies
 * nothing, so it is the least that a browser can do (performance.md section 9.4).
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
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
  untilIdle,
  uploadByApp,
} from './pages/bench-session.mjs';
import { cpuAccounts, cpuBetween } from './pages/processes.mjs';

const { values } = parseArgs({
  options: {
    files: { type: 'string', default: '1000' },
    kb: { type: 'string', default: '50' },
    rounds: { type: 'string', default: '5' },
  },
});
const count = Number(values.files);
const bytes = Number(values.kb) * 1024;
const rounds = Number(values.rounds);
/** No case may take longer. */
const limitSeconds = 300;
const goals = { ratio: 0.9, requests: 25 };

const target = readTarget();
const scratch = makeScratch(count * bytes * (rounds + 1) * 2);
const run = randomUUID().slice(0, 8);
const { page, slug } = await openLibrary(target);
try {
  await installBareLoops(page);
  const figures = { stored: [], verified: [], bare: [], requests: [], others: [], longest: [] };
  const cpu = { ours: [], bare: [] };
  const readCpu = cpuAccounts({ browserPid: page.pid, appUrl: target.appUrl });
  /** What a case cost each process, in ms a file. */
  const spentSince = (before) => cpuBetween(before, readCpu(), count);
  const makeFiles = (what, round) =>
    Array.from({ length: count }, (_, i) => {
      const path = join(scratch.dir, `${run}-${what}-${round}-${i}.bin`);
      writeFileSync(path, randomBytes(bytes));
      return path;
    });
  const perSecond = (ms) => count / (ms / 1000);
  const cases = [
    async (round) => {
      const files = makeFiles('ours', round);
      const before = readCpu();
      const times = await uploadByApp(page, files, limitSeconds);
      if (round > 0) cpu.ours.push(spentSince(before));
      return {
        stored: perSecond(times.storedMs),
        verified: perSecond(times.verifiedMs),
        requests: times.uploadRequests,
        others: times.otherAppRequests,
        longest: times.longestTaskMs,
      };
    },
    async (round) => {
      await page.setFiles('#bare-input', makeFiles('bare', round));
      const asked = await page.call((library) => window.bare.prepare(library, ''), slug);
      const before = readCpu();
      const ms = await page.call(() => window.bare.puts());
      if (round > 0) cpu.bare.push(spentSince(before));
      await page.call((ids) => window.bare.complete(ids), asked);
      return { bare: perSecond(ms) };
    },
  ];
  for (let round = 0; round <= rounds; round += 1) {
    for (const one of rotated(cases, round)) {
      await untilIdle(page, limitSeconds);
      const found = await one(round);
      if (round > 0) for (const [name, value] of Object.entries(found)) figures[name].push(value);
    }
  }

  const ratio = (figure) => (median(figure) / median(figures.bare)).toFixed(2);
  console.log(`${count} files of ${values.kb} KB, ${rounds} rounds, medians (lowest to highest):`);
  console.log(`Strata, to the last byte at the store     ${spread(figures.stored, 'files/s')}`);
  console.log(`Strata, to verified and in the library    ${spread(figures.verified, 'files/s')}`);
  console.log(`bare PUT loop, 6 at a time                ${spread(figures.bare, 'files/s')}`);
  console.log(
    `ratio to the last byte ${ratio(figures.stored)} (goal >= ${goals.ratio}), to verified ${ratio(figures.verified)}`,
  );
  console.log(
    `requests to the app: ${spread(figures.requests, 'for uploads')} (goal <= ${goals.requests}), ${spread(figures.others, 'of the page beside them')}`,
  );
  console.log('CPU of each process, ms a file, medians: Strata until verified, and the loop of bare PUTs alone:');
  printCpu(cpu.ours, cpu.bare);
  console.log(`longest task of the page's thread: ${spread(figures.longest, 'ms')} (limit 200 for 5,000 files)`);
} finally {
  await page.close();
  scratch.remove();
}
