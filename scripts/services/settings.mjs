import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { StartFailure } from './failure.mjs';
import { projectRoot, resolveDataDir } from './paths.mjs';

/** The variables of lib/env.ts that a person may give; empty counts as not given, as there. */
const KNOWN = [
  ...['PORT', 'APP_URL', 'DATA_DIR', 'LOG_LEVEL', 'DATABASE_URL', 'DATABASE_POOL_MAX', 'NEXTAUTH_SECRET'],
  ...['S3_ENDPOINT', 'S3_PUBLIC_ENDPOINT', 'S3_REGION', 'S3_BUCKET', 'S3_FORCE_PATH_STYLE', 'S3_SSE', 'S3_KMS_KEY_ID'],
  ...['CLOUDFRONT_URL', 'CLOUDFRONT_RENDITIONS_URL', 'CLOUDFRONT_KEY_PAIR_ID', 'CLOUDFRONT_PRIVATE_KEY'],
  ...['S3_EVENTS_ARN', 'S3_EVENTS_QUEUE_URL', 'S3_EVENTS_TOKEN'],
  'S3_RENDITIONS_BUCKET',
  ...['S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY', 'S3_UPLOAD_ACCESS_KEY_ID', 'S3_UPLOAD_SECRET_ACCESS_KEY'],
  ...[
    'S3_PURGE_ACCESS_KEY_ID',
    'S3_PURGE_SECRET_ACCESS_KEY',
    'S3_GUARD_ACCESS_KEY_ID',
    'S3_GUARD_SECRET_ACCESS_KEY',
    'ADMIN_EMAIL',
    'ADMIN_PASSWORD',
    'MAX_UPLOAD_BYTES',
    'TRUSTED_PROXIES',
    'MAX_REQUESTS',
    'DRAIN_SECONDS',
    'METRICS_HOST',
    'METRICS_PORT',
    'WORKER_METRICS_PORT',
    'OIDC_ISSUER',
    'OIDC_CLIENT_ID',
    'OIDC_CLIENT_SECRET',
  ],
];

/** Reads `.env` of the checkout, if there is one; what the shell gives wins, and empty counts as not given. */
export function loadEnvironment() {
  for (const name of KNOWN) if (process.env[name] === '') delete process.env[name];
  const file = join(projectRoot, '.env');
  if (existsSync(file)) process.loadEnvFile(file);
  for (const name of KNOWN) if (process.env[name] === '') delete process.env[name];
}

/**
 * What was asked for, checked as far as it can be without asking anybody.
 * @param {Record<string, string | undefined>} environment
 * @returns {{ port: number, appUrl: string, dataDir: string, given: Record<string, string>, externalStore: boolean }}
 * @throws StartFailure
 */
export function readSettings(environment = process.env) {
  const given = Object.fromEntries(KNOWN.filter((name) => environment[name]).map((name) => [name, environment[name]]));
  const port = Number(given.PORT ?? 3000);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new StartFailure(
      `PORT is "${given.PORT}", which is no port.`,
      'Give a number from 1 to 65535, for example: PORT=3001 npm start',
    );
  }
  const appUrl = given.APP_URL ?? `http://localhost:${port}`;
  requireAddress('APP_URL', appUrl, 'https://media.example.com');
  // A bucket that is named without an endpoint is one on AWS; the local store needs no name.
  const externalStore = Boolean(given.S3_ENDPOINT || given.S3_BUCKET || given.S3_ACCESS_KEY_ID);
  if (externalStore) requireStoreSettings(given);
  refuseMixedContent(appUrl, given);
  return { port, appUrl, dataDir: resolveDataDir(given.DATA_DIR), given, externalStore };
}

function requireAddress(name, value, example) {
  if (URL.canParse(value) && /^https?:$/.test(new URL(value).protocol)) return;
  throw new StartFailure(
    `${name} is "${value}", which is no address.`,
    `Give it with its scheme, for example: ${name}=${example}`,
  );
}

/** Browsers refuse to send bytes from an https page to an http store. On AWS the store is https by itself. */
function refuseMixedContent(appUrl, given) {
  const store = given.S3_PUBLIC_ENDPOINT ?? given.S3_ENDPOINT ?? (given.S3_BUCKET ? 'https:' : 'http:');
  if (!appUrl.startsWith('https:') || store.startsWith('https:')) return;
  throw new StartFailure(
    'The app is https and browsers would reach the store by http, which they refuse.',
    'Put the store behind https too and name that address: S3_PUBLIC_ENDPOINT=https://media-store.example.com',
  );
}

function requireStoreSettings(given) {
  for (const name of ['S3_ENDPOINT', 'S3_PUBLIC_ENDPOINT']) {
    if (given[name]) requireAddress(name, given[name], 'http://127.0.0.1:9000');
  }
  if (!given.S3_BUCKET) {
    throw new StartFailure(
      'A store is given, but no bucket.',
      'Name the bucket of the first library: S3_BUCKET=my-media (it is created when it does not exist).',
    );
  }
  if (Boolean(given.S3_ACCESS_KEY_ID) !== Boolean(given.S3_SECRET_ACCESS_KEY)) {
    throw new StartFailure(
      'Only one of S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY is given.',
      'They belong together: give both, or none to use a role.',
    );
  }
}
