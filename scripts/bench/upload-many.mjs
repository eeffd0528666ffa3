/**
 * Does the tab freeze when 5,000 files are dropped at once? The longest tasks of the page's own thread, from the drop to the last file.
 *
 *   APP_URL=http://localhost:3000 ADMIN_EMAIL=… ADMIN_PASSWORD=… node scripts/bench/upload-many.mjs [--files 5000] [--kb 4] [--rounds 1]
 *
 * Runs against a running Strata on this machine; use one whose data may be thrown away. Two ways in: a real drop of a folder (by
 * CDP's drag events, so that the page reads a directory of the disk), and the file input, which puts all files beside each other into the
 * open folder. Goal (issue 3, point 3): no task over 200 ms after the drop is read, which is when the panel counts every file.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { makeScratch, openLibrary, readTarget, uploadByApp } from './pages/bench-session.mjs';

const { values } = parseArgs({
  options: {
    files: { type: 'string', default: '5000' },
    kb: { type: 'string', default: '4' },
    rounds: { type: 'string', default: '1' },
  },
});
const count = Number(values.files);
const bytes = Number(values.kb) * 1024;
const rounds = Number(values.rounds);
const limitSeconds = 600;
const goalMs = 200;

const target = readTarget();
const scratch = makeScratch(count * Math.max(bytes, 4096) * 2 * rounds);
const { page } = await openLibrary(target);
try {
  for (let round = 1; round <= rounds; round += 1) {
    for (const how of ['drop', 'input']) {
      const folder = join(scratch.dir, `many-${how}-${randomUUID().slice(0, 8)}`);
      const files = makeFiles(folder);
      await page.call(markRead, count);
      const stop = await traceTasks(page);
      const times = await uploadByApp(page, how === 'drop' ? () => drop(folder) : files, limitSeconds, count);
      const { tasks, readAt } = await stop();
      const after = tasks.filter((task) => task.start >= readAt);
      const name = how === 'drop' ? 'drop of a folder' : 'file input';
      console.log(`${name}: ${count} files of ${values.kb} KB, all stored after ${seconds(times.storedMs)}`);
      console.log(
        `  while the files are read (${seconds(readAt)}): ${words(tasks.filter((task) => task.start < readAt))}`,
      );
      console.log(`  after that: ${words(after)} (goal: none over ${goalMs} ms)`);
    }
  }
} finally {
  await page.close();
  scratch.remove();
}

function makeFiles(folder) {
  mkdirSync(folder);
  return Array.from({ length: count }, (_, i) => {
    const path = join(folder, `img-${String(i).padStart(5, '0')}.bin`);
    writeFileSync(path, randomBytes(bytes));
    return path;
  });
}

/** Runs in the page: marks when the panel counts every file. */
function markRead(all) {
  addEventListener('change', () => performance.mark('bench-chosen'), { capture: true, once: true });
  addEventListener('drop', () => performance.mark('bench-chosen'), { capture: true, once: true });
  const counted = ` of ${all.toLocaleString('en-US')}`;
  const timer = setInterval(() => {
    const head = document.querySelector('section[aria-label=Transfers] b')?.textContent ?? '';
    if (!head.endsWith(counted)) return;
    performance.mark('bench-read');
    clearInterval(timer);
  }, 50);
}

/**
 * Every task of the page's own thread with its length and the processor time in it, which tells a long task from one that the
 * machine kept waiting. Times in ms since the files were chosen.
 */
async function traceTasks({ send, once, on }) {
  const events = [];
  const off = on('Tracing.dataCollected', ({ value }) => events.push(...value));
  const traceConfig = { includedCategories: ['toplevel', 'blink.user_timing'], excludedCategories: ['*'] };
  await send('Tracing.start', { transferMode: 'ReportEvents', traceConfig });
  return async () => {
    const done = once('Tracing.tracingComplete');
    await send('Tracing.end');
    await done;
    off();
    const mark = (name) => events.find((event) => event.name === name);
    const [chosen, read] = [mark('bench-chosen'), mark('bench-read')];
    if (!chosen || !read) throw new Error('The page did not say when the files were chosen and read.');
    const tasks = events.filter(
      (event) =>
        event.ph === 'X' && event.tid === chosen.tid && event.pid === chosen.pid && event.name.endsWith('RunTask'),
    );
    if (tasks.length === 0) throw new Error('The trace holds no task of the page.');
    return {
      readAt: (read.ts - chosen.ts) / 1000,
      tasks: tasks.map(({ ts, dur, tdur }) => ({
        start: (ts - chosen.ts) / 1000,
        ms: dur / 1000,
        cpuMs: (tdur ?? 0) / 1000,
      })),
    };
  };
}

/** As a person would: the pointer comes in with the folder and lets go over the middle of the page. */
async function drop(folder) {
  const data = { items: [], files: [folder], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'])
    await page.send('Input.dispatchDragEvent', { type, x: 640, y: 400, data });
}

function words(tasks) {
  const most = (of) => Math.max(0, ...tasks.map(of)).toFixed(0);
  const over = tasks.filter((task) => task.ms > goalMs).length;
  return `longest task ${most((task) => task.ms)} ms, most processor time in one ${most((task) => task.cpuMs)} ms; ${over} over ${goalMs} ms`;
}

function seconds(ms) {
  return `${(ms / 1000).toFixed(1)} s`;
}
