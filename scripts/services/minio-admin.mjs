import { createCipheriv, pbkdf2Sync, randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { signMinioAdmin } from '#lib/storage/sign-minio-admin.ts';

/**
 * The calls of MinIO's admin API that make users and tiers. The usual client for them, `mc`, would be a second program to
 * build or find on every machine. The request body's format is that of madmin-go `EncryptData` (encrypt.go, v3.0.96),
 * in the variant with PBKDF2 and AES-256-GCM, which every server reads.
 */
const SALT_BYTES = 32;
const PBKDF2_AES_GCM = 0x02;
const PBKDF2_ROUNDS = 8192; // madmin-go encrypt.go, pbkdf2Cost
/** sio-go cuts the stream into fragments of this length; our bodies are far shorter, so one fragment is all we write. */
const FRAGMENT_BYTES = 16 * 1024;

/** A fresh MinIO says "ready" while its users are still being loaded (503 XMinioServerNotInitialized); seen for a second on a busy machine. */
const INITIALIZED_WITHIN_MS = 20_000;

/** @param {{ endpoint: string, rootUser: string, rootPassword: string }} store */
export function minioAdmin(store) {
  const call = (path, query, body = Buffer.alloc(0)) => callMinio(store, `/minio/admin/v3/${path}`, query, body);
  return {
    /** Creates the user, or sets the secret of one that exists. */
    putUser: (accessKey, secretKey) =>
      call(
        'add-user',
        { accessKey },
        encryptBody(store.rootPassword, JSON.stringify({ secretKey, status: 'enabled' })),
      ),
    /** Creates or replaces a policy document. */
    putPolicy: (name, document) => call('add-canned-policy', { name }, Buffer.from(JSON.stringify(document))),
    /** The policy document, null when there is none of this name. */
    findPolicy: async (name) => {
      try {
        const path = '/minio/admin/v3/info-canned-policy';
        return JSON.parse(await callMinio(store, path, { name }, Buffer.alloc(0), 'GET'));
      } catch (error) {
        if (error.message.includes('XMinioAdminNoSuchPolicy')) return null;
        throw error;
      }
    },
    /** Gives the user exactly this policy. */
    setPolicy: (userOrGroup, policyName) =>
      call('set-user-or-group-policy', { isGroup: 'false', policyName, userOrGroup }),
    /** Makes a bucket; one that is there already is left as it is. */
    putBucket: (bucket) =>
      call409(() => callMinio(store, `/${bucket}`, {}, Buffer.alloc(0)), 'BucketAlreadyOwnedByYou'),
    /**
     * Adds a remote tier that lifecycle rules move objects to; one of that name is left as it is. The body is madmin-go's `TierConfig`
     * (tier-config.go, v3.0.109). The target must be another process: adding a tier to the store itself hangs (s3-facts 7b).
     */
    putTier: (name, target) =>
      call409(
        () =>
          call(
            'tier',
            { force: 'true' },
            encryptBody(
              store.rootPassword,
              JSON.stringify({ Version: 'v1', Type: 'minio', Name: name, MinIO: target }),
            ),
          ),
        'XMinioAdminTierAlreadyExists',
      ),
  };
}

/** @param code error code that means "it is there already" */
async function call409(call, code) {
  try {
    await call();
  } catch (error) {
    if (!error.message.includes(code)) throw error;
  }
}

async function callMinio({ endpoint, rootUser, rootPassword }, path, query, body, method = 'PUT') {
  const url = new URL(path, endpoint);
  const sorted = Object.entries(query).sort(([a], [b]) => (a < b ? -1 : 1));
  url.search = sorted.map(([name, value]) => `${escapeQuery(name)}=${escapeQuery(value)}`).join('&');
  const deadline = Date.now() + INITIALIZED_WITHIN_MS;
  for (;;) {
    const response = await fetch(url, {
      method,
      headers: signMinioAdmin({ method, url, body }, { accessKeyId: rootUser, secretAccessKey: rootPassword }),
      ...(method === 'PUT' ? { body } : {}),
      signal: AbortSignal.timeout(15_000),
    });
    const text = await response.text();
    if (response.ok) return text;
    if (!text.includes('XMinioServerNotInitialized') || Date.now() > deadline)
      throw new Error(`MinIO answered ${response.status} to ${path}: ${text.slice(0, 500)}`);
    await delay(100);
  }
}

/** salt | algorithm | nonce | one sealed fragment. Sealed under nonce 1; nonce 0 authenticates the stream's (empty) header. */
function encryptBody(password, text) {
  const data = Buffer.from(text);
  if (data.length > FRAGMENT_BYTES) throw new RangeError(`An admin request body is at most ${FRAGMENT_BYTES} bytes.`);
  const salt = randomBytes(SALT_BYTES);
  const nonce = randomBytes(8);
  const key = pbkdf2Sync(password, salt, PBKDF2_ROUNDS, 32, 'sha256');
  const header = seal(key, nonce, 0, Buffer.alloc(0), Buffer.alloc(0));
  const last = Buffer.concat([Buffer.of(0x80), header]);
  return Buffer.concat([salt, Buffer.of(PBKDF2_AES_GCM), nonce, seal(key, nonce, 1, data, last)]);
}

function seal(key, nonce, sequence, data, associated) {
  const counter = Buffer.alloc(4);
  counter.writeUInt32LE(sequence);
  const cipher = createCipheriv('aes-256-gcm', key, Buffer.concat([nonce, counter]));
  cipher.setAAD(associated);
  return Buffer.concat([cipher.update(data), cipher.final(), cipher.getAuthTag()]);
}

function escapeQuery(value) {
  return encodeURIComponent(value).replace(
    /[!'()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
