/**
 * What a page costs and how it scrolls: `npx node scripts/bench/run.mjs front-end [-- --entries 100000] [--rounds 5]`.
 * Fills a folder of made-up assets into the index of a throwaway Strata, then measures in Chromium over bare CDP:
 * - JavaScript of the first load, over the wire, of the library page and of the plainest page of this app (the not-found page), and their ratio;
 * - LCP and CLS of the folder as grid, by month;
 * - scrolling through the whole grid: DOM nodes an item that is drawn, frames over 50 ms and who worked in them, long tasks, and whether both
 *   ends are reached; beside it the same elements put into a bare page without React, listing or listeners, which is what this browser can do;
 * - a range of 10,000: from the key to the painted selection.
 */
import { parseArgs } from 'node:util';
import { copyRows, layBare } from './pages/bare-grid.mjs';
import { median, openLibrary, readTarget, spread } from './pages/bench-session.mjs';
import { fillFolder } from './pages/fill-folder.mjs';
import { traceFrames } from './pages/frame-work.mjs';

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
  const scrolled = await traceFrames(page, () => page.call(scrollThrough, 400));
  const { result } = scrolled;
  console.log(
    `scrolling ${result.height.toLocaleString('en')} px in ${result.gaps.length} steps: ${result.nodes.toFixed(1)} DOM nodes an item drawn (${result.items} items), ${result.longTasks} long tasks`,
  );
  printFrames('the grid', scrolled);
  const last = await reachEnd('End', 'foot');
  const first = await reachEnd('Home', 'top');
  console.log(
    `by one key from where the scrolling ended: last ${last ?? 'not reached'}, first ${first ?? 'not reached'}`,
  );
  if (!first || !last) process.exitCode = 1;

  const ranges = [];
  let chosen = 0;
  for (let round = 0; round < rounds; round += 1) {
    const range = await selectRange(Math.min(10_000, entries));
    ranges.push(range.ms);
    chosen = range.count;
  }
  console.log(
    `range of ${chosen.toLocaleString('en')}: ${spread(ranges, 'ms')} from the press to the painted selection`,
  );

  await page.call(rest, 1_000);
  const rows = await page.call(copyRows);
  await page.goto(new URL('/nothing-is-here', target.appUrl).href);
  await page.call(layBare, rows, scrolled.result.height);
  printFrames('the same elements in a bare page', await traceFrames(page, () => page.call(scrollThrough, 400)));
} finally {
  await page.close();
}

/** What frames took, and what was done in the slow ones: by the page, by the rest of the browser, or by nobody of them. */
function printFrames(name, { result, frames }) {
  const slow = frames.filter(({ ms }) => ms > 50);
  const of = (list, what) => median(list.map((frame) => frame[what])).toFixed(0);
  const most = Math.max(...frames.map((frame) => frame.page)).toFixed(0);
  console.log(
    `  ${name}: ${result.gaps.filter((gap) => gap > 50).length} of ${result.gaps.length} steps over 50 ms (longest ${Math.max(...result.gaps).toFixed(0)} ms), ` +
      `with the rests between ${slow.length} of ${frames.length} frames; the page's thread ran for ${most} ms of processor time in the busiest`,
  );
  if (slow.length > 0)
    console.log(
      `    a slow frame: ${of(slow, 'ms')} ms, of which processor time of the page's thread ${of(slow, 'page')} ms, of the browser's others ${of(slow, 'others')} ms (medians)`,
    );
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

/** Runs in the page: a step a frame, from the first row to the last; marks every frame for `traceFrames`. */
async function scrollThrough(steps) {
  const scroller = document.querySelector('[data-browse-scroller]');
  const grid = document.querySelector('[role=grid]');
  const height = scroller.scrollHeight;
  let longTasks = 0;
  const observer = new PerformanceObserver((list) => {
    longTasks += list.getEntries().length;
  });
  observer.observe({ type: 'longtask' });
  let frame = 0;
  let on = true;
  const mark = () => {
    performance.mark(`frame-${frame}`);
    frame += 1;
    if (on) requestAnimationFrame(mark);
  };
  requestAnimationFrame(mark);
  await new Promise((resolve) => requestAnimationFrame(resolve));
  const gaps = [];
  let items = 0;
  let nodes = 0;
  for (let step = 0; step < steps; step += 1) {
    scroller.scrollTop = (step / steps) * (height - scroller.clientHeight);
    // Every tenth step rests, as a hand does, so that entries are read and drawn.
    if (step % 10 === 9) await new Promise((resolve) => setTimeout(resolve, 250));
    const before = performance.now();
    await new Promise((resolve) => requestAnimationFrame(resolve));
    gaps.push(performance.now() - before);
    const drawn = grid.querySelectorAll('[data-entry]').length;
    if (drawn > items) {
      items = drawn;
      nodes = grid.querySelectorAll('*').length;
    }
  }
  on = false;
  observer.disconnect();
  return { height, gaps, items, nodes: nodes / Math.max(1, items), longTasks };
}

/** Runs in the page. */
function rest(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Puts the keyboard where Tab would, presses a key as a person does, and gives the name of the entry that has it then; null: none. */
async function reachEnd(key, end) {
  await page.call(focusTabStop);
  await pressKey(key);
  return page
    .until(
      (side) => {
        const { scrollTop, clientHeight, scrollHeight } = document.querySelector('[data-browse-scroller]');
        const there = side === 'top' ? scrollTop < 2 : scrollTop + clientHeight > scrollHeight - 200;
        return there && document.activeElement?.dataset.entry && document.activeElement.getAttribute('aria-label');
      },
      `the ${end}`,
      20,
      end,
    )
    .catch(() => null);
}

/** Runs in the page. The list is one stop of Tab: one entry, or the list itself while that is not read. */
function focusTabStop() {
  const grid = document.querySelector('[role=grid]');
  const stop = grid.tabIndex === 0 ? grid : grid.querySelector('[data-entry][tabindex="0"]');
  if (!stop) throw new Error('Tab reaches nothing in the list.');
  stop.focus();
}

async function pressKey(key, modifiers = 0) {
  const codes = { Home: 36, End: 35, Escape: 27 };
  for (const type of ['rawKeyDown', 'keyUp'])
    await page.send('Input.dispatchKeyEvent', { type, key, code: key, modifiers, windowsVirtualKeyCode: codes[key] });
}

/**
 * From the first entry Shift and a press on one that is far below, whether what lies between was read or not; by real input.
 * @returns ms from the press to the painted selection, and how many were chosen
 */
async function selectRange(wanted) {
  const shift = 8;
  await pressKey('Escape');
  if (!(await reachEnd('Home', 'top'))) throw new Error('The first entry was not reached.');
  await page.call(
    (share) => {
      const scroller = document.querySelector('[data-browse-scroller]');
      scroller.scrollTop = share * scroller.scrollHeight;
    },
    (wanted / entries) * 0.97,
  );
  await page.evaluate('new Promise((resolve) => setTimeout(resolve, 1500))');
  const at = await page.call(() => {
    const { top, bottom } = document.querySelector('[data-browse-scroller]').getBoundingClientRect();
    const tile = [...document.querySelectorAll('[data-entry^=a]')].findLast((each) => {
      const box = each.getBoundingClientRect();
      return box.top > top + 40 && box.bottom < bottom - 80;
    });
    const box = tile.getBoundingClientRect();
    window.range = new Promise((resolve) => {
      const pressed = ({ timeStamp }) => {
        const look = () => {
          if (tile.ariaSelected !== 'true') return requestAnimationFrame(look);
          requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - timeStamp)));
        };
        requestAnimationFrame(look);
      };
      addEventListener('click', pressed, { capture: true, once: true });
    });
    return { x: box.left + box.width / 2, y: box.top + box.height / 2 };
  });
  for (const type of ['mousePressed', 'mouseReleased'])
    await page.send('Input.dispatchMouseEvent', { type, ...at, button: 'left', clickCount: 1, modifiers: shift });
  const ms = await page.evaluate(
    'Promise.race([window.range, new Promise((resolve) => setTimeout(resolve, 20_000, null))])',
  );
  const count = await page.call(() =>
    Number(
      document
        .querySelector('[aria-label=Selection]')
        ?.textContent?.replace(/ selected.*/, '')
        .replaceAll(',', ''),
    ),
  );
  if (ms === null || !(count > wanted * 0.9)) throw new Error(`A range of ${wanted} was to be chosen, ${count} were.`);
  return { ms, count };
}
