/**
 * A failure that the person at the terminal can mend. Printed as one line, without a stack; the exit code is 1.
 * `what` says what went wrong, `remedy` is the line that mends it.
 */
export class StartFailure extends Error {
  constructor(what, remedy, options) {
    super(`${what} ${remedy}`, options);
    this.name = 'StartFailure';
  }
}

/** The text for a terminal: a known failure in one line, anything else with its stack, since that is a defect of ours. */
export function describeFailure(error) {
  if (error instanceof StartFailure) return `strata: ${error.message}`;
  return `strata: unexpected failure\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}
