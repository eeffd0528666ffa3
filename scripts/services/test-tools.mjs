import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { nodeBinary, projectRoot } from './paths.mjs';

/** Runs a tool of the dependencies in the foreground. Resolves with its exit code, or the signal's name. */
export function runTool(path, args, { env = process.env, signal } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(nodeBinary, [join('node_modules', path), ...args], {
      cwd: projectRoot,
      env,
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    const end = () => child.kill('SIGTERM');
    signal?.addEventListener('abort', end, { once: true });
    child.once('error', reject);
    child.once('close', (code, killedBy) => {
      signal?.removeEventListener('abort', end);
      resolve(code ?? killedBy);
    });
  });
}

/**
 * Runs one project of vitest. A file that cannot be loaded counts as one failure, a skipped test as a failure, and an end
 * without success and without a named failure (an unhandled error, no tests at all) as one more. `only` names parts of file names.
 * @returns {Promise<{ passed: number, failed: number }>}
 */
export async function runVitest(project, { dir, env, signal, only = [] }) {
  const report = join(dir, `${project}.json`);
  rmSync(report, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const code = await runTool('vitest/vitest.mjs', ['run', '--project', project, ...reporters, ...only], {
    env,
    signal,
  });
  if (!existsSync(report)) return { passed: 0, failed: 1 };
  const result = JSON.parse(readFileSync(report, 'utf8'));
  const broken = result.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  );
  const failed = result.numFailedTests + broken.length + result.numPendingTests + (result.numTodoTests ?? 0);
  return { passed: result.numPassedTests, failed: failed || Number(code !== 0) };
}

/**
 * Runs Playwright on e2e/. Skipped and flaky tests count as failures.
 * @returns {Promise<{ passed: number, failed: number }>}
 */
export async function runPlaywright({ dir, env, signal }) {
  const report = join(dir, 'e2e.json');
  rmSync(report, { force: true });
  const withReport = { ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: report };
  const code = await runTool('@playwright/test/cli.js', ['test', '--reporter=list,json'], { env: withReport, signal });
  if (!existsSync(report)) return { passed: 0, failed: 1 };
  const { stats, errors } = JSON.parse(readFileSync(report, 'utf8'));
  const failed = stats.unexpected + stats.skipped + stats.flaky + (errors?.length ?? 0);
  return { passed: stats.expected, failed: failed || Number(code !== 0) };
}
