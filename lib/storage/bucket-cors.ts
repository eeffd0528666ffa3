import { GetBucketCorsCommand, PutBucketCorsCommand } from '@aws-sdk/client-s3';
import { callStore } from './client.ts';
import { CORS_RULE_ID, corsRule } from './cors-rule.ts';
import { hasName } from './store-errors.ts';
import type { CorsRule } from './types.ts';

/** The bucket's rules; empty when it has none. MinIO has none ever: it answers browsers by a setting of the process. */
export async function getCors(bucket: string): Promise<CorsRule[]> {
  try {
    const answer = await callStore('app', 'Reading the CORS rules', (client) =>
      client.send(new GetBucketCorsCommand({ Bucket: bucket })),
    );
    return (answer.CORSRules ?? []).map((rule) => ({
      id: rule.ID ?? null,
      origins: rule.AllowedOrigins ?? [],
      methods: rule.AllowedMethods ?? [],
      headers: rule.AllowedHeaders ?? [],
      exposeHeaders: rule.ExposeHeaders ?? [],
      maxAgeSeconds: rule.MaxAgeSeconds ?? null,
    }));
  } catch (error) {
    if (hasName(error, 'NoSuchCORSConfiguration')) return [];
    throw error;
  }
}

/**
 * Puts our rule for this origin first, where it decides, and keeps every rule of others. Replaces our former one.
 * @throws AppError not_supported_by_store on MinIO
 */
export async function putCors(bucket: string, origin: string): Promise<void> {
  const others = (await getCors(bucket)).filter((rule) => rule.id !== CORS_RULE_ID);
  await callStore('app', 'Setting the CORS rules', (client) =>
    client.send(
      new PutBucketCorsCommand({
        Bucket: bucket,
        CORSConfiguration: {
          CORSRules: [corsRule(origin), ...others].map((rule) => ({
            ...(rule.id ? { ID: rule.id } : {}),
            AllowedOrigins: rule.origins,
            AllowedMethods: rule.methods,
            ...(rule.headers.length ? { AllowedHeaders: rule.headers } : {}),
            ...(rule.exposeHeaders.length ? { ExposeHeaders: rule.exposeHeaders } : {}),
            ...(rule.maxAgeSeconds === null ? {} : { MaxAgeSeconds: rule.maxAgeSeconds }),
          })),
        },
      }),
    ),
  );
}
