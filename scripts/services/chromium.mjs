import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { StartFailure } from './failure.mjs';
import { findOnPath } from './find-on-path.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];
const MAC = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/**
 * A Chromium for the end-to-end tests: from the system, from Playwright's own folder, or, as root on Debian, installed now.
 * @param {(line: string) => void} say
 * @throws StartFailure that says how to get one
 */
export async function requireChromium(say) {
  const found = await findChromium();
  if (found) return found;
  if (process.getuid() === 0 && findOnPath('apt-get')) {
    say('installing Chromium (apt-get install chromium)');
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    for (const args of [['update'], ['install', '--yes', '--no-install-recommends', 'chromium']]) {
      const { status } = spawnSync('apt-get', ['-qq', ...args], { env, stdio: ['ignore', 'ignore', 'inherit'] });
      if (status !== 0) break;
    }
    const installed = await findChromium();
    if (installed) return installed;
  }
  throw new StartFailure(
    'The end-to-end tests need Chromium, and there is none.',
    'Install it: apt-get install chromium (Debian), or: npx playwright install chromium',
  );
}

async function findChromium() {
  const given = process.env.CHROMIUM;
  if (given) return existsSync(given) ? given : null;
  for (const name of NAMES) {
    const path = findOnPath(name);
    if (path) return path;
  }
  const { chromium } = await import('@playwright/test');
  return [...MAC, chromium.executablePath()].find((path) => existsSync(path)) ?? null;
}
