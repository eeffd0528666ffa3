import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { identityPolicies, refreshPolicy } from '#lib/storage/identity-policies.ts';
import { StartFailure } from './failure.mjs';
import { minioAdmin } from './minio-admin.mjs';
import { spawnService, tailOf } from './processes.mjs';

const READY_WITHIN_MS = 30_000;

/** Bucket of the first library on the local store, and its slug. */
export const LOCAL_BUCKET = 'strata';

/** Access key names of the three identities at the local store. Their secrets are in the instance's secrets. */
export const storeUsers = { app: 'strata-app', upload: 'strata-upload', purge: 'strata-purge' };

/** Reads and writes the policies of those three, for guardrails; as good as an administrator, so only the worker gets it (decision 049). */
const guardUser = 'strata-guard';
const guardPolicy = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: ['admin:CreatePolicy', 'admin:GetPolicy', 'admin:GetUser'] }],
};

/**
 * Names of the webhook's two targets in the rules of buckets; MinIO makes them from the ids in the variables below. `STRATA` sends at
 * once and forgets. `STRATAKEPT` keeps an event on disk until the app has taken it, but looks there every 3 s only (internal/store/store.go).
 */
export const EVENTS_ARN = 'arn:minio:sqs::STRATA:webhook,arn:minio:sqs::STRATAKEPT:webhook';

/** The variables with which MinIO reports what happens in buckets that have rules for it. An event that comes twice is harmless. */
export function eventVariables({ appUrl, token, queueDir }) {
  const target = (id, more = {}) =>
    Object.entries({
      ENABLE: 'on',
      ENDPOINT: `${appUrl}/api/v1/events/${LOCAL_BUCKET}`,
      AUTH_TOKEN: token,
      ...more,
    }).map(([name, value]) => [`MINIO_NOTIFY_WEBHOOK_${name}_${id}`, value]);
  const kept = { QUEUE_DIR: queueDir, QUEUE_LIMIT: '100000' };
  return Object.fromEntries([...target('STRATA'), ...target('STRATAKEPT', kept)]);
}

/**
 * Starts MinIO on 127.0.0.1 and waits until it answers.
 *
 * @param {{ binary: string, dir: string, port: number, runDir: string, logFile: string, allowOrigin: string, eventsTo?: string,
 *   secrets: { storeRootUser: string, storeRootPassword: string, storeKmsKey: string, storeEventsToken?: string }, name?: string, scansAlways?: boolean,
 *   certificate?: { cert: string, key: string } }} options
 *   `name` tells one store of an instance from the other in its log and its run files; `eventsTo` is the app's address as this machine
 *   reaches it, for a store that reports what happens in it; `scansAlways` for tests that wait for a lifecycle rule
 * @throws StartFailure
 */
export async function startMinio(options) {
  const {
    binary,
    dir,
    port,
    runDir,
    logFile,
    allowOrigin,
    eventsTo,
    secrets,
    certificate,
    name = 'store',
    scansAlways,
  } = options;
  const certificates = `${dir}-certificates`;
  for (const folder of [dir, certificates, ...(eventsTo ? [`${dir}-events`] : [])])
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (certificate) {
    writeFileSync(join(certificates, 'public.crt'), certificate.cert);
    writeFileSync(join(certificates, 'private.key'), certificate.key, { mode: 0o600 });
  }
  const endpoint = `${certificate ? 'https' : 'http'}://127.0.0.1:${port}`;
  const service = spawnService({
    name,
    command: binary,
    // Certificates in the person's ~/.minio would turn TLS on: look for them in a folder of our own, which is empty.
    args: ['server', '--quiet', '--certs-dir', certificates, '--address', `127.0.0.1:${port}`, dir],
    env: {
      PATH: process.env.PATH ?? '',
      MINIO_ROOT_USER: secrets.storeRootUser,
      MINIO_ROOT_PASSWORD: secrets.storeRootPassword,
      MINIO_KMS_SECRET_KEY: secrets.storeKmsKey,
      MINIO_BROWSER: 'off',
      MINIO_UPDATE: 'off',
      // MinIO has no CORS per bucket, only this one list (s3-facts 7.15).
      MINIO_API_CORS_ALLOW_ORIGIN: allowOrigin,
      // Unfinished uploads: the app's own sweep decides; MinIO's default of 24 h would cut a long upload off.
      MINIO_API_STALE_UPLOADS_EXPIRY: '168h',
      // Lifecycle rules act when the scanner passes: every minute with pauses, or all the time, which costs a tenth of a processor.
      MINIO_SCANNER_SPEED: scansAlways ? 'fastest' : 'default',
      ...(eventsTo
        ? eventVariables({ appUrl: eventsTo, token: secrets.storeEventsToken, queueDir: `${dir}-events` })
        : {}),
    },
    runDir,
    logFile,
  });
  await untilReady(service, endpoint);
  return { service, endpoint };
}

/**
 * Makes or refreshes the three identities with their policies. Safe to repeat; a start with new policies brings them up to date.
 * The policies hold for every bucket: the store belongs to this instance alone, and libraries added later need no new policy.
 * Statements that were added since, guardrails among them, stay.
 *
 * @param {{ endpoint: string, secrets: Record<string, string> }} options
 * @returns the S3_* credentials for the app's environment
 */
export async function ensureIdentities({ endpoint, secrets }) {
  const admin = minioAdmin({ endpoint, rootUser: secrets.storeRootUser, rootPassword: secrets.storeRootPassword });
  const userSecrets = {
    app: secrets.storeAppSecret,
    upload: secrets.storeUploadSecret,
    purge: secrets.storePurgeSecret,
  };
  for (const [identity, document] of Object.entries(identityPolicies('*'))) {
    const user = storeUsers[identity];
    await admin.putPolicy(user, refreshPolicy(document, await admin.findPolicy(user)));
    await admin.putUser(user, userSecrets[identity]);
    await admin.setPolicy(user, user);
  }
  const guard = secrets.storeGuardSecret ? await ensureGuard(admin, secrets.storeGuardSecret) : {};
  return {
    S3_ACCESS_KEY_ID: storeUsers.app,
    S3_SECRET_ACCESS_KEY: userSecrets.app,
    S3_UPLOAD_ACCESS_KEY_ID: storeUsers.upload,
    S3_UPLOAD_SECRET_ACCESS_KEY: userSecrets.upload,
    S3_PURGE_ACCESS_KEY_ID: storeUsers.purge,
    S3_PURGE_SECRET_ACCESS_KEY: userSecrets.purge,
    ...guard,
  };
}

async function ensureGuard(admin, secret) {
  await admin.putPolicy(guardUser, guardPolicy);
  await admin.putUser(guardUser, secret);
  await admin.setPolicy(guardUser, guardUser);
  return { S3_GUARD_ACCESS_KEY_ID: guardUser, S3_GUARD_SECRET_ACCESS_KEY: secret };
}

async function untilReady(service, endpoint) {
  const deadline = Date.now() + READY_WITHIN_MS;
  for (;;) {
    if (!service.running) {
      throw new StartFailure(
        `The local store stopped at once: ${tailOf(service.logFile, 2).replaceAll('\n', ' | ')}`,
        `The whole log is ${service.logFile}.`,
      );
    }
    // Ready means able to write; "live" would answer earlier.
    const ready = await fetch(`${endpoint}/minio/health/ready`, { signal: AbortSignal.timeout(2_000) }).then(
      (response) => response.ok,
      () => false, // not listening yet
    );
    if (ready) return;
    if (Date.now() > deadline) {
      throw new StartFailure(
        `The local store did not answer at ${endpoint} within ${READY_WITHIN_MS / 1000} s.`,
        `Its log is ${service.logFile}.`,
      );
    }
    await delay(50);
  }
}
