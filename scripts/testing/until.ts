import { setTimeout as sleep } from 'node:timers/promises';

/** Asks again and again. @throws Error that names what did not happen within a minute */
export async function until(what: string, ask: () => Promise<boolean>, withinMs = 60_000): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (!(await ask())) {
    if (Date.now() > deadline) throw new Error(`Waited ${withinMs / 1000} s for ${what}.`);
    await sleep(50);
  }
}
