export type Turns = ReturnType<typeof createTurns>;

/**
 * Lets those that wait do their work one a frame, in the order in which they came: what nobody sees yet must not keep the frame of what
 * is seen.
 * @param nextFrame calls back before the next frame
 */
export function createTurns(nextFrame: (call: () => void) => void = (call) => requestAnimationFrame(call)) {
  const waiting = new Set<() => void>();
  let asked = false;
  const ask = () => {
    if (asked || waiting.size === 0) return;
    asked = true;
    nextFrame(() => {
      asked = false;
      const [first] = waiting;
      if (!first) return;
      waiting.delete(first);
      ask();
      first();
    });
  };
  return {
    /** Gives how to leave the queue. */
    wait(work: () => void): () => void {
      const own = () => work();
      waiting.add(own);
      ask();
      return () => waiting.delete(own);
    },
  };
}
