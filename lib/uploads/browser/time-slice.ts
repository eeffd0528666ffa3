/** Work this long at a stretch, in ms: with rendering beside it no task comes near 50 ms, let alone 200 (issue 3, point 3). */
const sliceMs = 10;

/** Gives the page a turn when the slice is used up. `await slice()` in a loop over many files. */
export function createTimeSlice(): () => Promise<void> | undefined {
  let began = performance.now();
  return () => {
    if (performance.now() - began < sliceMs) return undefined;
    return nextTask().then(() => {
      began = performance.now();
    });
  };
}

/**
 * A task behind those that wait already, without the 4 ms that nested timers cost. Not `scheduler.yield`: Chromium lets its
 * continuations go before everything of the same priority, so that the answers of the first files would wait for the reading of the last.
 */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
