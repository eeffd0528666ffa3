import { createHash, createHmac } from 'node:crypto';

export type MinioKeys = { accessKeyId: string; secretAccessKey: string };

/**
 * AWS Signature Version 4 in headers, for MinIO's admin API: it wants the service `s3` and takes us-east-1 for the default region.
 * On Node's built-ins only, since `npm start` signs with it before anything is installed.
 */
export function signMinioAdmin(request: { method: 'GET' | 'PUT'; url: URL; body: Uint8Array }, keys: MinioKeys) {
  const { method, url, body } = request;
  const time = new Date().toISOString().replace(/[-:]|\.\d{3}/g, '');
  const scope = `${time.slice(0, 8)}/us-east-1/s3/aws4_request`;
  const headers: Record<string, string> = {
    host: url.host,
    'x-amz-content-sha256': sha256(body),
    'x-amz-date': time,
  };
  const signedHeaders = Object.keys(headers).join(';');
  const canonical = [
    method,
    url.pathname,
    url.search.slice(1),
    ...Object.entries(headers).map(([name, value]) => `${name}:${value}`),
    '',
    signedHeaders,
    headers['x-amz-content-sha256'],
  ].join('\n');
  let key: Buffer | string = `AWS4${keys.secretAccessKey}`;
  for (const part of [time.slice(0, 8), 'us-east-1', 's3', 'aws4_request']) key = hmac(key, part);
  const signature = hmac(key, ['AWS4-HMAC-SHA256', time, scope, sha256(canonical)].join('\n')).toString('hex');
  const { host: _host, ...sent } = headers;
  const credential = `Credential=${keys.accessKeyId}/${scope}`;
  return {
    ...sent,
    authorization: `AWS4-HMAC-SHA256 ${credential}, SignedHeaders=${signedHeaders}, Signature=${signature}`,
  };
}

const sha256 = (data: Uint8Array | string) => createHash('sha256').update(data).digest('hex');
const hmac = (key: Buffer | string, data: string) => createHmac('sha256', key).update(data).digest();
