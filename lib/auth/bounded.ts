import { AppError } from '#lib/errors.ts';

/**
 * Lets `atOnce` tasks run and `waiting` more stand in line, so that a flood of sign-ins cannot take all memory and all threads.
 * @throws AppError rate_limited (the returned function) when the line is full.
 */
export function bounded(atOnce: number, waiting: number): <T>(task: () => Promise<T>) => Promise<T> {
  let running = 0;
  const line: (() => void)[] = [];
  return async (task) => {
    if (running >= atOnce) {
      if (line.length >= waiting) {
        throw new AppError('rate_limited', 'Too many people are signing in at this moment. Wait 3 s.', {
          retryAfter: 3,
        });
      }
      // The finishing task hands its place over, so `running` stays as it is.
      await new Promise<void>((go) => line.push(go));
    } else {
      running += 1;
    }
    try {
      return await task();
    } finally {
      const next = line.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
