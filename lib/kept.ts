type Kept = { until: number; answer: Promise<unknown> };

// Next keeps several module graphs in one process.
const holder = globalThis as { strataKept?: Map<string, Kept> };

/**
 * The answer of `ask`, which serves everybody of this process for so many milliseconds: for small facts that come with every listing. A failure
 * is not kept, the next one asks again.
 * @param key of the question, one answer each
 */
export function kept<T>(key: string, ms: number, ask: () => Promise<T>): Promise<T> {
  holder.strataKept ??= new Map();
  const known = holder.strataKept.get(key);
  if (known && known.until > Date.now()) return known.answer as Promise<T>;
  const answer = ask();
  holder.strataKept.set(key, { until: Date.now() + ms, answer });
  answer.catch(() => holder.strataKept?.delete(key));
  return answer;
}
