import { randomBytes } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { StartFailure } from './failure.mjs';

/** Letters and digits only, so that it needs no quoting in a URL, a shell or an environment. `bytes` of randomness. */
export function randomSecret(bytes = 24) {
  return randomBytes(bytes).toString('hex');
}

const generators = {
  postgresPassword: () => randomSecret(),
  storeRootUser: () => `root-${randomSecret(4)}`,
  storeRootPassword: () => randomSecret(),
  /** `name:base64 of exactly 32 bytes` (MINIO_KMS_SECRET_KEY). Whoever loses it loses every encrypted object. */
  storeKmsKey: () => `strata:${randomBytes(32).toString('base64')}`,
  coldRootUser: () => `cold-${randomSecret(4)}`,
  coldRootPassword: () => randomSecret(),
  storeAppSecret: () => randomSecret(),
  storeUploadSecret: () => randomSecret(),
  storePurgeSecret: () => randomSecret(),
  storeGuardSecret: () => randomSecret(),
  /** What the local store sends with its events (MINIO_NOTIFY_WEBHOOK_AUTH_TOKEN). */
  storeEventsToken: () => randomSecret(32),
  nextauthSecret: () => randomSecret(32),
  /** Typed by a person once: 4 groups of 5 from an alphabet without look-alikes, about 97 bits. */
  adminPassword: () => readablePassword(),
};

/** A new one of each. */
export function makeSecrets() {
  return Object.fromEntries(Object.entries(generators).map(([name, generate]) => [name, generate()]));
}

/**
 * The instance's generated secrets, made at the first start and kept (0600).
 * @throws StartFailure when the file is damaged: making new ones would lock everybody out of the data.
 */
export function keepSecrets(file) {
  let kept = {};
  try {
    kept = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (error.code !== 'ENOENT') {
      throw new StartFailure(
        `The secrets of this instance in ${file} cannot be read (${error.message}).`,
        'Put the file back from a backup, or give a new DATA_DIR.',
        { cause: error },
      );
    }
  }
  if (Object.keys(generators).every((name) => kept[name])) return kept;
  const secrets = { ...makeSecrets(), ...kept };
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  renameSync(draft, file);
  return secrets;
}

function readablePassword() {
  const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789'; // 31 letters
  const letters = [];
  while (letters.length < 20) {
    for (const byte of randomBytes(32)) if (byte < 248 && letters.length < 20) letters.push(alphabet[byte % 31]);
  }
  return letters.join('').replace(/(.{5})(?=.)/g, '$1-');
}
