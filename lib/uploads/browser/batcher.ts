type Entry<I, O> = { input: I; resolve: (output: O) => void; reject: (reason: unknown) => void };

export type BatcherOptions<I, O> = {
  max: number;
  /** How long the first of a batch may wait, in ms; asked again with every addition and with every `reconsider`. */
  waitMs: (size: number, underWay: number) => number;
  /** A full batch waits like any other, in place of being sent at once. */
  holdFull?: boolean;
  /** Calls under way at most. */
  parallel?: number;
  /** Answers in the order of the inputs. */
  send: (inputs: I[]) => Promise<O[]>;
};

/** Gathers single requests into calls of at most `max`: 1,000 files must not become 2,000 requests to the app. */
export function createBatcher<I, O>({ max, waitMs, send, holdFull = false, parallel = 100 }: BatcherOptions<I, O>) {
  const entries: Entry<I, O>[] = [];
  let firstAt = 0;
  let underWay = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let timerAt = 0;

  function flush() {
    clearTimeout(timer);
    timer = undefined;
    // Whoever comes back flushes the rest.
    if (underWay >= parallel) return;
    const batch = entries.splice(0, max);
    if (batch.length === 0) return;
    underWay += 1;
    if (entries.length > 0) {
      if (!holdFull) firstAt = performance.now();
      look();
    }
    send(batch.map((entry) => entry.input))
      .finally(() => {
        underWay -= 1;
        look();
      })
      .then(
        (outputs) => {
          for (const [i, entry] of batch.entries()) {
            if (i < outputs.length) entry.resolve(outputs[i] as O);
            else entry.reject(new Error(`The answer holds ${outputs.length} results for ${batch.length} requests.`));
          }
        },
        (reason) => {
          for (const entry of batch) entry.reject(reason);
        },
      );
  }

  /** Never at once: whoever made a change may add to this batch in the same turn. A timer that fires too early looks again. */
  function look() {
    if (entries.length === 0 || underWay >= parallel) return;
    const dueAt = firstAt + waitMs(entries.length, underWay);
    if (timer !== undefined && timerAt <= dueAt) return;
    clearTimeout(timer);
    timerAt = dueAt;
    timer = setTimeout(onTime, Math.max(0, dueAt - performance.now()));
  }

  function onTime() {
    timer = undefined;
    if (entries.length === 0) return;
    // Timers may come a little early.
    if (firstAt + waitMs(entries.length, underWay) <= performance.now() + 1) flush();
    else look();
  }

  return {
    add(input: I): Promise<O> {
      return new Promise((resolve, reject) => {
        entries.push({ input, resolve, reject });
        if (entries.length === 1) firstAt = performance.now();
        if (entries.length >= max && !holdFull) flush();
        else look();
      });
    },
    /** Looks at `waitMs` again: something changed that it depends on. */
    reconsider: look,
    size: () => entries.length,
  };
}
export type Batcher<I, O> = ReturnType<typeof createBatcher<I, O>>;
