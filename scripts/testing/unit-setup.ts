import { afterEach } from 'vitest';

/**
 * A unit test that writes to console.error or console.warn fails: a warning nobody reads is a fault.
 * A test that expects one replaces the function itself with `vi.spyOn`.
 */
const seen: string[] = [];

for (const level of ['error', 'warn'] as const) {
  const original = console[level];
  console[level] = (...values: unknown[]) => {
    seen.push(`console.${level}: ${values.map(String).join(' ')}`);
    original(...values);
  };
}

afterEach(() => {
  const lines = seen.splice(0);
  if (lines.length > 0) throw new Error(`The test wrote to the console:\n${lines.join('\n')}`);
});
