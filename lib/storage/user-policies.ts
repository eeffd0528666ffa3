import { env } from '#lib/env.ts';
import { AppError } from '#lib/errors.ts';
import { encodeS3 } from './address.ts';
import { ownKeys } from './client.ts';
import { signMinioAdmin } from './sign-minio-admin.ts';
import { toStoreError } from './store-errors.ts';

/** Milliseconds. */
const PATIENCE = 10_000;

/**
 * Whether this process may read and write user policies of MinIO. That right is as good as the store's own administrator (who may write
 * policies may write himself any), so only the worker has it, by keys of its own (decision 049).
 */
export const mayWriteUserPolicies = (): boolean => ownKeys('guard') !== null;

/** Name of the policy that MinIO gives a user, by its access key; null when it has none. @throws AppError store_unavailable */
export async function findUserPolicyName(accessKeyId: string): Promise<string | null> {
  const text = await callAdmin('GET', 'user-info', { accessKey: accessKeyId });
  const { policyName } = JSON.parse(text) as { policyName?: string };
  const names = (policyName ?? '').split(',').filter(Boolean);
  return names.find((name) => name === accessKeyId) ?? names[0] ?? null;
}

/** The document of a policy as text. @throws AppError store_unavailable */
export function getUserPolicy(name: string): Promise<string> {
  return callAdmin('GET', 'info-canned-policy', { name });
}

/** Replaces the document of a policy; it holds for the next request of its users. @throws AppError store_unavailable */
export async function putUserPolicy(name: string, document: string): Promise<void> {
  await callAdmin('PUT', 'add-canned-policy', { name }, document);
}

async function callAdmin(
  method: 'GET' | 'PUT',
  path: string,
  query: Record<string, string>,
  body = '',
): Promise<string> {
  const keys = ownKeys('guard');
  const { S3_ENDPOINT } = env();
  if (!keys || !S3_ENDPOINT)
    throw new AppError('wrong_state', 'This process has no right to the policies of the store’s users.');
  const url = new URL(`/minio/admin/v3/${path}`, S3_ENDPOINT);
  url.search = Object.entries(query)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${encodeS3(name)}=${encodeS3(value)}`)
    .join('&');
  const bytes = Buffer.from(body);
  let answer: Response;
  try {
    answer = await fetch(url, {
      method,
      headers: signMinioAdmin({ method, url, body: bytes }, keys),
      ...(method === 'PUT' ? { body: bytes } : {}),
      signal: AbortSignal.timeout(PATIENCE),
    });
  } catch (cause) {
    throw toStoreError(cause instanceof TypeError ? cause.cause : cause, 'Asking the store for its user policies');
  }
  const text = await answer.text();
  if (answer.ok) return text;
  const said = /"Message":"([^"]*)"|<Message>([^<]*)<\/Message>/.exec(text);
  throw new AppError(
    answer.status === 400 ? 'invalid_request' : 'store_unavailable',
    `The store refused the change of its user policies (${answer.status}). ${said?.[1] ?? said?.[2] ?? ''}`.trim(),
  );
}
