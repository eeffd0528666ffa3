/**
 * The one line that says why a program failed, out of what it printed. A Node program that crashed prints the line of source, the error,
 * its stack and at last Node's version; others say it in their last line.
 *
 * @param {{ stderr?: string, stdout?: string, message?: string }} error of execFile
 */
export function reasonOf(error) {
  const lines = String(error.stderr || error.stdout || error.message || '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line && !line.startsWith('at ') && !/^Node\.js v\d/.test(line));
  const thrown = lines.findLast((line) => /^(Uncaught )?\w*(Error|Exception|Failure)\b.*:/.test(line));
  return thrown ?? lines.at(-1) ?? 'no reason was given';
}
