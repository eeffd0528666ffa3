import { defineConfig } from '@playwright/test';

/** End-to-end tests run against an app that `npm test` has started; they start nothing themselves. */
export default defineConfig({
  testDir: 'e2e',
  testMatch: '*.spec.ts',
  outputDir: 'test-results',
  // One app, one library, two cores: specs run one after the other and each makes its own folder and people.
  workers: 1,
  fullyParallel: false,
  retries: 0,
  timeout: 180_000,
  expect: { timeout: 30_000 },
  forbidOnly: true,
  reporter: [['list']],
  use: {
    baseURL: process.env.APP_URL,
    viewport: { width: 1280, height: 800 },
    // Most specs name rows; those of the grid say so in the address.
    storageState: {
      cookies: [
        {
          name: 'strata-view',
          value: 'list',
          domain: 'localhost',
          path: '/',
          expires: -1,
          httpOnly: false,
          secure: false,
          sameSite: 'Lax',
        },
      ],
      origins: [],
    },
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      // Without a locale Chromium names a download "download" as soon as its name is not ASCII.
      env: { ...(process.env as Record<string, string>), LANG: 'C.UTF-8' },
      args: [
        // Root cannot use the sandbox of Chromium; CI often is root.
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
