/** `node scripts/compose-env.mjs >> .env`: the secrets that docker-compose.yml asks for, made once. */
import { makeSecrets } from './services/secrets.mjs';

const secrets = makeSecrets();
const lines = {
  POSTGRES_PASSWORD: secrets.postgresPassword,
  STORE_ROOT_PASSWORD: secrets.storeRootPassword,
  STORE_KMS_SECRET_KEY: secrets.storeKmsKey,
  STORE_APP_SECRET: secrets.storeAppSecret,
  STORE_UPLOAD_SECRET: secrets.storeUploadSecret,
  STORE_PURGE_SECRET: secrets.storePurgeSecret,
  STORE_GUARD_SECRET: secrets.storeGuardSecret,
  STORE_EVENTS_TOKEN: secrets.storeEventsToken,
  NEXTAUTH_SECRET: secrets.nextauthSecret,
  ADMIN_EMAIL: 'admin@strata.local',
  ADMIN_PASSWORD: secrets.adminPassword,
};
for (const [name, value] of Object.entries(lines)) console.log(`${name}=${value}`);
