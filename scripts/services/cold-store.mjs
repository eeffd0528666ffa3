import { startMinio } from './minio.mjs';
import { minioAdmin } from './minio-admin.mjs';

/** Tiers of the local store, named like the storage classes of S3, so that lifecycle rules read as they do on AWS. */
export const COLD_TIERS = ['STANDARD_IA', 'GLACIER_IR', 'GLACIER', 'DEEP_ARCHIVE'];

const BUCKET = 'cold';

/**
 * Starts a second MinIO on 127.0.0.1, the cold one, and makes it the target of the store's tiers. It must be a process of its own:
 * a tier that points at the store itself hangs (s3-facts 7b).
 *
 * The store keeps the address of a tier for ever, so `port` must be the same at every start of an instance.
 *
 * @param {{ binary: string, dir: string, port: number, runDir: string, logFile: string, secrets: Record<string, string> }} options
 * @returns the running service
 * @throws StartFailure
 */
export async function startColdStore({ secrets, ...options }) {
  const { service, endpoint } = await startMinio({
    ...options,
    name: 'cold-store',
    // No browser ever speaks to it.
    allowOrigin: 'http://127.0.0.1',
    secrets: {
      storeRootUser: secrets.coldRootUser,
      storeRootPassword: secrets.coldRootPassword,
      storeKmsKey: secrets.storeKmsKey,
    },
  });
  return { service, endpoint };
}

/** Points the tiers of the running store at the running cold one. Safe to repeat. */
export async function ensureTiers({ endpoint, coldEndpoint, secrets }) {
  const cold = { endpoint: coldEndpoint, rootUser: secrets.coldRootUser, rootPassword: secrets.coldRootPassword };
  await minioAdmin(cold).putBucket(BUCKET);
  const admin = minioAdmin({ endpoint, rootUser: secrets.storeRootUser, rootPassword: secrets.storeRootPassword });
  for (const name of COLD_TIERS) {
    await admin.putTier(name, {
      Endpoint: coldEndpoint,
      AccessKey: cold.rootUser,
      SecretKey: cold.rootPassword,
      Bucket: BUCKET,
      Prefix: `${name}/`,
    });
  }
}
