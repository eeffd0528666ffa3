/**
 * What a page costs and how it scrolls: `npx node scripts/bench/run.mjs front-end [-- --entries 100000] [--rounds 5]`.
 * Fills a folder of made-up assets into the index of a throwaway Strata, then measures in Chromium over bare CDP:
 * - JavaScript of the first load, over the wire, of the library page and of the plainest page of this app (the not-found page), and their ratio;
 * - LCP and CLS of the folder as grid, by month;
 * - scrolling through the whole grid: DOM nodes an item that is drawn, frames over 50 ms, long tasks, and whether both ends are reached;
 * - a range of 10,000: from the key to the painted selection.
 */
import { parseArgs } from 'node:util';
import { median, openLibrary, readTarget, spread } from './pages/bench-session.mjs';
import { fillFolder } from './pages/fill-folder.mjs';

const { values } = parseArgs({
  options: { entries: { type: 'string', default: '100000' }, rounds: { type: 'string', default: '5' } },
});
const entries = Number(values.entries);
const rounds = Number(values.rounds);
const target = readTarget();
if (!process.env.DATABASE_URL) throw new Error('Set DATABASE_URL: the folder is written straight into the index.');

await fillFolder(process.env.DATABASE_URL, { path: 'bench/', count: entries });
const { page, slug } = await openLibrary(target);
try {
  const folder = new URL(`/browse/${slug}/bench?view=grid&sort=-modified`, target.appUrl).href;

  const library = [];
  const plain = [];
  const paints = [];
  for (let round = 0; round < rounds; round += 1) {
    plain.push(await scriptBytes(new URL('/nothing-is-here', target.appUrl).href));
    library.push(await scriptBytes(folder));
    await page.until(() => document.querySelector('[data-entry^=a]') !== null, 'the first picture', 60);
    await page.evaluate('new Promise((resolve) => setTimeout(resolve, 1500))');
    paints.push(await page.call(readPaints));
  }
  const kib = (list) => (median(list) / 1024).toFixed(0);
  console.log(
    `first-load JS: library page ${kib(library)} KiB, plainest page ${kib(plain)} KiB, ratio ${(median(library) / median(plain)).toFixed(2)}`,
  );
  console.log(
    `LCP ${spread(
      paints.map(({ lcp }) => lcp),
      'ms',
    )}, CLS ${Math.max(...paints.map(({ cls }) => cls)).toFixed(4)} at most`,
  );

  await page.until(
    (count) => document.querySelector('[role=grid]')?.clientHeight > count * 20,
    'the whole height',
    60,
    entries,
  );
  const scrolled = await page.call(scrollThrough, 400);
  console.log(
    `scrolling ${scrolled.height.toLocaleString('en')} px in ${scrolled.steps} steps: ${scrolled.nodes.toFixed(1)} DOM nodes an item drawn (${scrolled.items} items), ` +
      `${scrolled.slow} of ${scrolled.frames} frames over 50 ms, longest ${scrolled.longest.toFixed(0)} ms, ${scrolled.longTasks} long tasks`,
  );
  const ends = await page.call(reachEnds);
  console.log(`first reached: ${ends.first ?? 'no'}, last reached: ${ends.last ?? 'no'}`);
  if (!ends.first || !ends.last) process.exitCode = 1;

  const ranges = [];
  for (let round = 0; round < rounds; round += 1) ranges.push(await page.call(selectRange, Math.min(10_000, entries)));
  console.log(
    `range of ${Math.min(10_000, entries).toLocaleString('en')}: ${spread(ranges, 'ms')} from the key to the painted selection`,
  );
} finally {
  await page.close();
}

/** Bytes of scripts over the wire when a page is loaded with an empty cache. */
async function scriptBytes(url) {
  await page.send('Network.clearBrowserCache').catch(() => undefined);
  await page.goto(url);
  await page.evaluate('new Promise((resolve) => setTimeout(resolve, 300))');
  return page.call(() =>
    performance
      .getEntriesByType('resource')
      .filter(
        ({ name, startTime }) =>
          /\.js(\?|$)/.test(name) && startTime < performance.timing.loadEventEnd - performance.timing.navigationStart,
      )
      .reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0),
  );
}

/** Runs in the page. */
function readPaints() {
  return new Promise((resolve) => {
    let lcp = 0;
    let cls = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) lcp = Math.max(lcp, entry.startTime);
    }).observe({ type: 'largest-contentful-paint', buffered: true });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) if (!entry.hadRecentInput) cls += entry.value;
    }).observe({ type: 'layout-shift', buffered: true });
    setTimeout(() => resolve({ lcp, cls }), 300);
  });
}

/** Runs in the page: a step a frame, from the first row to the last. */
async function scrollThrough(steps) {
  const scroller = document.querySelector('[data-browse-scroller]');
  const grid = document.querySelector('[role=grid]');
  const height = scroller.scrollHeight;
  let longTasks = 0;
  const observer = new PerformanceObserver((list) => {
    longTasks += list.getEntries().length;
  });
  observer.observe({ type: 'longtask' });
  const gaps = [];
  let items = 0;
  let nodes = 0;
  let before = performance.now();
  for (let step = 0; step < steps; step += 1) {
    scroller.scrollTop = (step / steps) * (height - scroller.clientHeight);
    // Every tenth step rests, as a hand does, so that entries are read and drawn.
    if (step % 10 === 9) await new Promise((resolve) => setTimeout(resolve, 250));
    before = performance.now();
    await new Promise((resolve) => requestAnimationFrame(resolve));
    gaps.push(performance.now() - before);
    const drawn = grid.querySelectorAll('[data-entry]').length;
    if (drawn > items) {
      items = drawn;
      nodes = grid.querySelectorAll('*').length;
    }
  }
  observer.disconnect();
  return {
    height,
    steps,
    items,
    nodes: nodes / Math.max(1, items),
    frames: gaps.length,
    slow: gaps.filter((gap) => gap > 50).length,
    longest: Math.max(...gaps),
    longTasks,
  };
}

/** Runs in the page: Home and End by keyboard, and what has focus then. */
async function reachEnds() {
  const press = async (key, wanted) => {
    const within = document.activeElement?.closest('[role=grid]') ?? document.querySelector('[role=grid]');
    within.querySelector('[tabindex="0"]')?.focus();
    (document.activeElement ?? within).dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
    const end = performance.now() + 20_000;
    while (performance.now() < end) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      const scroller = document.querySelector('[data-browse-scroller]');
      const there =
        wanted === 'top'
          ? scroller.scrollTop < 2
          : scroller.scrollTop + scroller.clientHeight > scroller.scrollHeight - 200;
      if (there && document.activeElement?.dataset.entry) return document.activeElement.getAttribute('aria-label');
    }
    return null;
  };
  return { last: await press('End', 'foot'), first: await press('Home', 'top') };
}

/** Runs in the page: from the first file Shift and a press on one far below, known or not. */
async function selectRange(count) {
  const scroller = document.querySelector('[data-browse-scroller]');
  scroller.scrollTop = 0;
  await new Promise((resolve) => setTimeout(resolve, 600));
  document.querySelector('[data-entry^=a]').click();
  await new Promise((resolve) => setTimeout(resolve, 400));
  const share = count / Number(document.querySelector('h1 ~ p, header p')?.textContent?.replace(/\D.*/, '') || count);
  scroller.scrollTop = Math.min(0.099, share) * scroller.scrollHeight;
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  const target = [...document.querySelectorAll('[data-entry^=a]')].at(-1);
  const began = performance.now();
  target.dispatchEvent(new MouseEvent('click', { bubbles: true, shiftKey: true }));
  while (document.querySelectorAll('[data-entry][aria-selected=true]').length < 5 && performance.now() - began < 5_000)
    await new Promise((resolve) => requestAnimationFrame(resolve));
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)));
  const ms = performance.now() - began;
  dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }));
  return ms;
}
