/**
 * What does sending a very large file cost in memory? The page's heap and processes, and the web process, from before to the highest.
 *
 *   APP_URL=http://localhost:3000 ADMIN_EMAIL=… ADMIN_PASSWORD=… node scripts/bench/upload-memory.mjs [--mib 2048] [--runs 3]
 *
 * Runs against a running Strata on this machine; use one whose data may be thrown away. Heap: V8's used size and the array buffers of
 * the page, by CDP; processes: resident size from /proc. Goals (issue 3, point 10): heap growth <= 150 MiB, web process <= 50 MiB.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { closeSync, linkSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { makeScratch, openLibrary, readTarget, uploadByApp } from './pages/bench-session.mjs';
import { commandOf, findListener, processTree, residentBytes } from './pages/processes.mjs';

const { values } = parseArgs({
  options: { mib: { type: 'string', default: '2048' }, runs: { type: 'string', default: '3' } },
});
const MiB = 1024 * 1024;
const size = Number(values.mib) * MiB;
const runs = Number(values.runs);
const limitSeconds = 300;
const sampleMs = 50;
const goals = { heap: 150, web: 50 };

const target = readTarget();
const webPid = findListener(Number(target.appUrl.port || 80));
const scratch = makeScratch(size);
const run = randomUUID().slice(0, 8);
const file = join(scratch.dir, 'large.bin');
writeRandom(file, size);
const { page } = await openLibrary(target);
try {
  console.log(
    `One file of ${values.mib} MiB, growth from before to the highest sample, in MiB (a sample every ${sampleMs} ms):`,
  );
  for (let round = 1; round <= runs; round += 1) {
    const name = join(scratch.dir, `memory-${run}-${round}.bin`);
    linkSync(file, name);
    await page.send('HeapProfiler.collectGarbage');
    await sleep(500);
    const before = await measure();
    const highest = { ...before };
    let running = true;
    const sampling = (async () => {
      while (running) {
        const now = await measure();
        for (const key of Object.keys(now)) highest[key] = Math.max(highest[key], now[key]);
        await sleep(sampleMs);
      }
    })();
    const { storedMs } = await uploadByApp(page, [name], limitSeconds);
    running = false;
    await sampling;
    const grown = (key) => ((highest[key] - before[key]) / MiB).toFixed(0);
    console.log(
      `run ${round}: heap ${grown('heap')} (goal <= ${goals.heap}), page process ${grown('renderer')}, all of Chromium ${grown('chromium')}, ` +
        `web process ${grown('web')} (goal <= ${goals.web}); ${(size / MiB / (storedMs / 1000)).toFixed(0)} MiB/s`,
    );
  }
} finally {
  await page.close();
  scratch.remove();
}

async function measure() {
  const { usedSize, backingStorageSize = 0, embedderHeapUsedSize = 0 } = await page.send('Runtime.getHeapUsage');
  const processes = chromiumProcesses();
  return {
    heap: usedSize + backingStorageSize + embedderHeapUsedSize,
    renderer: Math.max(...processes.filter((one) => one.renderer).map((one) => one.rss)),
    chromium: processes.reduce((sum, one) => sum + one.rss, 0),
    web: residentBytes(webPid),
  };
}

/** The browser that we started, and what it started. */
function chromiumProcesses() {
  return processTree(page.pid).map((pid) => ({
    rss: residentBytes(pid),
    renderer: commandOf(pid).includes('--type=renderer'),
  }));
}

function writeRandom(path, bytes) {
  const block = randomBytes(64 * MiB - 4096);
  const out = openSync(path, 'w');
  for (let at = 0; at < bytes; at += block.length) writeSync(out, block, 0, Math.min(block.length, bytes - at));
  closeSync(out);
}
