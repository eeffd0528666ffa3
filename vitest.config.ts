import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const notTests = ['**/node_modules/**', '.next/**', '.data/**', 'e2e/**'];

/**
 * Three kinds of tests, told apart by file name. Unit tests need nothing; the others need services, which `npm test`
 * starts and hands over by environment. Nothing is retried and nothing is skipped.
 */
export default defineConfig({
  test: {
    retry: 0,
    // Vitest leaves a processor free, so on two of them it would run one file at a time; the longest files here wait for most of their time.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{lib,components,scripts,app}/**/*.test.{ts,tsx}'],
          exclude: [...notTests, '**/*.storage.test.ts', '**/*.api.test.ts'],
          environment: 'node',
          // A busy machine is no failure: the bound is for what hangs.
          testTimeout: 60_000,
          setupFiles: ['scripts/testing/unit-setup.ts'],
          // Nothing listens there; a unit test that calls a service fails.
          env: {
            NODE_ENV: 'test',
            DATABASE_URL: 'postgres://unit@127.0.0.1:9/unit',
            NEXTAUTH_SECRET: 'unit-tests-only-0123456789abcdef0123',
            S3_ENDPOINT: 'http://127.0.0.1:9',
            S3_PUBLIC_ENDPOINT: 'http://store.test:9000',
            S3_BUCKET: 'unit',
            S3_ACCESS_KEY_ID: 'app-key',
            S3_SECRET_ACCESS_KEY: 'app-secret',
            S3_UPLOAD_ACCESS_KEY_ID: 'upload-key',
            S3_UPLOAD_SECRET_ACCESS_KEY: 'upload-secret',
            S3_PURGE_ACCESS_KEY_ID: 'purge-key',
            S3_PURGE_SECRET_ACCESS_KEY: 'purge-secret',
          },
        },
      },
      {
        extends: true,
        test: {
          name: 'storage',
          include: ['**/*.storage.test.ts'],
          exclude: notTests,
          environment: 'node',
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'api',
          include: ['**/*.api.test.ts'],
          exclude: notTests,
          environment: 'node',
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
