export type AttemptRule = {
  /** So many failures in a row cost nothing. */
  free: number;
  /** The longest wait, seconds. Capped, so that a stranger's guesses never lock anybody out for long. */
  longest: number;
};

/** One person: 5 free tries, then 5, 10, 20, 40, 60, 60 … seconds between tries: at most 1,440 guesses a day. */
export const accountRule: AttemptRule = { free: 5, longest: 60 };
/** One address, whoever it tries: an office behind one address needs more room. */
export const addressRule: AttemptRule = { free: 20, longest: 300 };

/** Seconds to keep free after try number `attempt` (1 = the first one since the last success). */
export function planAttemptDelay(attempt: number, rule: AttemptRule): number {
  if (attempt <= rule.free) return 0;
  return Math.min(rule.longest, 5 * 2 ** Math.min(attempt - rule.free - 1, 30));
}
