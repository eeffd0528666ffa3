type Entry<I, O> = { input: I; resolve: (output: O) => void; reject: (reason: unknown) => void };

export type BatcherOptions<I, O> = {
  max: number;
  /** How long the first of a batch may wait, in ms; asked again with every addition. */
  waitMs: (size: number) => number;
  /** Answers in the order of the inputs. */
  send: (inputs: I[]) => Promise<O[]>;
};

/** Gathers single requests into calls of at most `max`: 1,000 files must not become 2,000 requests to the app. */
export function createBatcher<I, O>({ max, waitMs, send }: BatcherOptions<I, O>) {
  const entries: Entry<I, O>[] = [];
  let firstAt = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function flush() {
    clearTimeout(timer);
    timer = undefined;
    const batch = entries.splice(0, max);
    if (batch.length === 0) return;
    if (entries.length > 0) schedule(performance.now());
    send(batch.map((entry) => entry.input)).then(
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

  function schedule(from: number) {
    firstAt = from;
    clearTimeout(timer);
    timer = setTimeout(flush, Math.max(0, waitMs(entries.length)));
  }

  return {
    add(input: I): Promise<O> {
      return new Promise((resolve, reject) => {
        entries.push({ input, resolve, reject });
        if (entries.length >= max) return flush();
        if (entries.length === 1) schedule(performance.now());
      });
    },
    /** Looks at `waitMs` again: something changed that it depends on. */
    reconsider() {
      if (entries.length === 0) return;
      const left = waitMs(entries.length) - (performance.now() - firstAt);
      clearTimeout(timer);
      // Never at once: whoever made the change may add to this batch in the same turn.
      timer = setTimeout(flush, Math.max(0, left));
    },
    size: () => entries.length,
  };
}
export type Batcher<I, O> = ReturnType<typeof createBatcher<I, O>>;
