/** Speed is a mean over this time, in ms (UI.md, Transfers). */
export const speedWindowMs = 8_000;

/** Bytes per second over the last 8 seconds, from samples of a counter that only grows. */
export function createSpeedMeter() {
  const samples: { at: number; bytes: number }[] = [];
  return {
    sample(at: number, bytes: number): number {
      samples.push({ at, bytes });
      while (samples.length > 2 && at - (samples[1] as { at: number }).at >= speedWindowMs) samples.shift();
      const first = samples[0] as { at: number; bytes: number };
      // Less than half a second tells nothing.
      return at - first.at < 500 ? 0 : ((bytes - first.bytes) * 1000) / (at - first.at);
    },
    reset() {
      samples.length = 0;
    },
  };
}

/** Seconds left, whole below 30 and in steps of 5 above, so that the figure does not flicker; null while the speed is unknown. */
export function planTimeLeft(bytesLeft: number, bytesPerSecond: number): number | null {
  if (bytesPerSecond <= 0) return null;
  const seconds = bytesLeft / bytesPerSecond;
  return seconds <= 30 ? Math.ceil(seconds) : Math.ceil(seconds / 5) * 5;
}
