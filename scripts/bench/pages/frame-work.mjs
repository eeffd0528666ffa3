/** What Chromium calls the tasks of a thread's loop and of its thread pools; all of them carry wall and processor time. */
const tracedCategories = ['toplevel', 'blink.user_timing'];

/**
 * Runs something in the page that marks the beginning of every frame (`performance.mark('frame-<n>')`, 0 first), and says what each frame took: by
 * the clock, of the processors by the page's own thread, and by all other threads of the browser. So one can tell a page that worked from
 * one that waited for a processor. The trace notes whole tasks only, which costs little.
 *
 * @template T
 * @param page of `openChromium`
 * @param {() => Promise<T>} run
 * @returns {Promise<{ result: T, frames: { ms: number, page: number, others: number }[] }>} all in ms
 */
export async function traceFrames(page, run) {
  const events = [];
  const stop = page.on('Tracing.dataCollected', ({ value }) => {
    for (const event of value) if (event.ph === 'X' || /^frame-\d+$/.test(event.name)) events.push(event);
  });
  await page.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: {
      recordMode: 'recordUntilFull',
      traceBufferSizeInKb: 400_000,
      includedCategories: tracedCategories,
      excludedCategories: ['*'],
    },
  });
  const result = await run();
  const ended = page.once('Tracing.tracingComplete');
  await page.send('Tracing.end');
  await ended;
  stop();

  const marks = events
    .filter(({ ph }) => ph !== 'X')
    .map(({ name, ts, pid, tid }) => ({ n: Number(name.slice('frame-'.length)), ts, thread: `${pid}/${tid}` }))
    .sort((a, b) => a.n - b.n);
  const frames = marks.slice(1).map(({ ts }, at) => ({ ms: (ts - marks[at].ts) / 1000, page: 0, others: 0 }));
  for (const { ts, dur, tdur = 0, pid, tid } of outermost(events.filter(({ ph }) => ph === 'X'))) {
    const whose = `${pid}/${tid}` === marks[0]?.thread ? 'page' : 'others';
    for (let at = firstEndingAfter(marks, ts); at < frames.length && marks[at].ts < ts + dur; at += 1) {
      const inside = Math.min(ts + dur, marks[at + 1].ts) - Math.max(ts, marks[at].ts);
      // Of a task that reaches out of the frame its share.
      frames[at][whose] += (tdur * inside) / dur / 1000;
    }
  }
  return { result, frames };
}

/** The first frame that ends after a moment. */
function firstEndingAfter(marks, ts) {
  let low = 0;
  let high = marks.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (marks[middle + 1]?.ts <= ts) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Tasks that are within no other one of their thread: the others would be counted twice. */
function outermost(tasks) {
  const ends = new Map();
  return tasks
    .filter(({ dur }) => dur > 0)
    .sort((a, b) => a.ts - b.ts || b.dur - a.dur)
    .filter(({ pid, tid, ts, dur }) => {
      const thread = `${pid}/${tid}`;
      if (ts < (ends.get(thread) ?? 0)) return false;
      ends.set(thread, ts + dur);
      return true;
    });
}
