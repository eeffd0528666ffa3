/** Where the tests run, as `npm test` tells them. Missing or not local: one clear error, never a skip. */
function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set. Run the end-to-end tests with \`npm test -- e2e\`.`);
  return value;
}

export const appUrl = required('APP_URL');
export const admin = { email: required('ADMIN_EMAIL'), password: required('ADMIN_PASSWORD') };
export const storeEndpoint = required('S3_ENDPOINT');
export const bucket = required('S3_BUCKET');

for (const url of [appUrl, storeEndpoint]) {
  if (!['localhost', '127.0.0.1', '[::1]'].includes(new URL(url).hostname)) {
    throw new Error(`End-to-end tests change data, so they run against this machine only, and ${url} is not on it.`);
  }
}
