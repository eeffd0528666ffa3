import { mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openChromium } from './chromium-page.mjs';

const MiB = 1024 * 1024;

/** Where the running app is and who signs in. Loopback only: a benchmark must not load somebody's server. */
export function readTarget() {
  const appUrl = new URL(process.env.APP_URL ?? 'http://localhost:3000');
  if (!['localhost', '127.0.0.1', '[::1]'].includes(appUrl.hostname))
    throw new Error(`The benchmark runs against this machine only, not against ${appUrl.host}.`);
  const { ADMIN_EMAIL: email, ADMIN_PASSWORD: password } = process.env;
  if (!email || !password) throw new Error('Set APP_URL, ADMIN_EMAIL and ADMIN_PASSWORD to a running Strata.');
  return { appUrl, email, password };
}

/** A temporary folder with room for `bytes`, removed at the end. */
export function makeScratch(bytes) {
  const dir = mkdtempSync(join(tmpdir(), 'strata-bench-'));
  const { bavail, bsize } = statfsSync(dir);
  if (bavail * bsize < bytes * 1.2) throw new Error(`${dir} has no room for ${Math.ceil(bytes / MiB)} MiB.`);
  return { dir, remove: () => rmSync(dir, { recursive: true, force: true }) };
}

/** A Chromium that is signed in and looks at the library's top folder. */
export async function openLibrary(target) {
  const page = await openChromium();
  try {
    await page.goto(new URL('/sign-in', target.appUrl).href);
    const signedIn = await page.call(signIn, target.email, target.password);
    if (signedIn !== 'ok') throw new Error(`Sign-in as ${target.email} failed: ${signedIn}`);
    const { libraries } = await page.call(() => fetch('/api/v1/libraries').then((answer) => answer.json()));
    const slug = process.env.LIBRARY ?? libraries[0]?.slug;
    if (!slug) throw new Error('There is no library.');
    await page.goto(new URL(`/browse/${slug}`, target.appUrl).href);
    await page.until(() => document.querySelector('input[data-upload=files]') !== null, 'the upload button', 30);
    await page.evaluate('performance.setResourceTimingBufferSize(100000)');
    return { page, slug };
  } catch (error) {
    await page.close();
    throw error;
  }
}

/** Runs in the page. */
async function signIn(email, password) {
  const { csrfToken } = await (await fetch('/api/auth/csrf')).json();
  const body = new URLSearchParams({ email, password, csrfToken, callbackUrl: '/', json: 'true' });
  const answer = await fetch('/api/auth/callback/credentials', { method: 'POST', body });
  const { url } = await answer.json();
  return new URL(url, location.origin).searchParams.get('error') ?? 'ok';
}

/**
 * Uploads files with Strata's own engine, by the file input of the page or by a drop that `files` makes, and says when what happened, in ms since the files were chosen:
 * the first and the last byte at the store, and the last file verified and in the library.
 */
export async function uploadByApp(page, files, seconds, count = files.length) {
  await page.call(prepareTiming);
  if (typeof files === 'function') await files();
  else await page.setFiles('input[data-upload=files]', files);
  await page.until(dockIsThrough, `${count} files to be uploaded`, seconds, count);
  return page.call(readTiming);
}

/**
 * Until no worker has anything to do: what one case left behind, such as previews of its files, is not paid by the next one.
 * @param {number} seconds limit
 */
export async function untilIdle(page, seconds) {
  const isIdle = async () => {
    const { queues } = await (await fetch('/api/v1/admin/jobs?limit=1')).json();
    const own = (queue) => ['sync-key', 'inspect', 'make-preview', 'settle-upload'].includes(queue.job);
    return queues.every((queue) => queue.waiting + queue.running === 0 && (queue.later === 0 || !own(queue)));
  };
  const deadline = Date.now() + seconds * 1000;
  while (!(await page.call(isIdle))) {
    if (Date.now() > deadline) throw new Error(`The worker was not done after ${seconds} s.`);
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

function prepareTiming() {
  performance.clearResourceTimings();
  window.__chosenAt = 0;
  window.__longest = 0;
  window.__longTasks ??= new PerformanceObserver((list) => {
    for (const task of list.getEntries()) window.__longest = Math.max(window.__longest, task.duration);
  });
  window.__longTasks.observe({ type: 'longtask' });
  for (const type of ['change', 'drop'])
    addEventListener(
      type,
      () => {
        window.__chosenAt ||= performance.now();
      },
      { capture: true, once: true },
    );
}

function dockIsThrough(count) {
  const head = document.querySelector('section[aria-label=Transfers] b')?.textContent ?? '';
  const failed = document.querySelector('li[data-state=failed]');
  if (failed) throw new Error(`An upload failed: ${head}. ${failed.textContent}`);
  if (window.__chosenAt === 0 || !new RegExp(`^${count.toLocaleString('en-US')} files? uploaded$`).test(head))
    return false;
  // The panel may still show the same words about the round before.
  const isNew = (entry) => entry.startTime >= window.__chosenAt && entry.name.endsWith('/uploads/complete');
  return performance.getEntriesByType('resource').some(isNew);
}

function readTiming() {
  const all = performance.getEntriesByType('resource').filter((entry) => entry.startTime >= window.__chosenAt);
  const own = all.filter((entry) => entry.name.startsWith(location.origin));
  const path = (entry) => new URL(entry.name).pathname;
  const uploads = own.filter((entry) => /^\/api\/v1\/(uploads|libraries\/[^/]+\/uploads)/.test(path(entry)));
  const puts = all.filter(
    (entry) => !entry.name.startsWith(location.origin) && entry.initiatorType === 'xmlhttprequest',
  );
  const last = (entries) => Math.max(...entries.map((entry) => entry.responseEnd)) - window.__chosenAt;
  return {
    firstByteMs: Math.min(...puts.map((entry) => entry.startTime)) - window.__chosenAt,
    storedMs: last(puts),
    verifiedMs: last(uploads.filter((entry) => path(entry).endsWith('/complete'))),
    puts: puts.length,
    /** Of the page's own thread; tasks under 50 ms are not reported by the browser and count as 0. */
    longestTaskMs: window.__longest,
    uploadRequests: uploads.length,
    otherAppRequests: own.filter((entry) => path(entry).startsWith('/api/') && !uploads.includes(entry)).length,
  };
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** "312 MiB/s (298 to 330)" */
export function spread(values, unit) {
  const round = (value) => (value >= 100 ? value.toFixed(0) : value.toFixed(1));
  return `${round(median(values))} ${unit} (${round(Math.min(...values))} to ${round(Math.max(...values))})`;
}

/**
 * Prints the medians of what each process spent, a column a case.
 * @param {Record<string, number>[][]} cases each with its rounds: process to ms
 */
export function printCpu(...cases) {
  for (const name of Object.keys(cases[0][0])) {
    const columns = cases.map((rounds) => median(rounds.map((spent) => spent[name])).toFixed(2));
    console.log(`  ${name.padEnd(10)}${columns.map((column) => column.padStart(8)).join('')}`);
  }
}

/** The cases in another order each round, so that none always follows the same one. */
export function rotated(cases, round) {
  const by = round % cases.length;
  return [...cases.slice(by), ...cases.slice(0, by)];
}
