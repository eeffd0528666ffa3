import * as z from 'zod';

/** An empty variable counts as unset: compose files and shells pass `FOO=` for "not given". */
const optional = z.preprocess((value) => (value === '' ? undefined : value), z.string().optional());
const flag = z.preprocess((value) => (value === '' ? undefined : value), z.stringbool().optional());
const count = (fallback: number) =>
  z.preprocess((value) => (value === '' ? undefined : value), z.coerce.number().int().positive().default(fallback));
const natural = (fallback: number) =>
  z.preprocess((value) => (value === '' ? undefined : value), z.coerce.number().int().min(0).default(fallback));

/** One of a few words; empty takes the default. */
const choice = <const T extends readonly [string, ...string[]]>(words: T, fallback: T[number]) =>
  z.preprocess((value) => (value === '' ? undefined : value), z.enum(words).default(fallback as never));

const schema = z
  .object({
    NODE_ENV: choice(['development', 'production', 'test'], 'production'),
    PORT: count(3000),
    APP_URL: optional,
    DATA_DIR: z.string().default('.data'),
    LOG_LEVEL: choice(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], 'info'),

    DATABASE_URL: z.string('DATABASE_URL is not set. Start with `npm start`, or give a Postgres connection string.'),
    /** Connections of this process to Postgres. */
    DATABASE_POOL_MAX: count(10),

    /** API requests that a web process answers at once; more are told to come back (503). Pages get half as many of their own. */
    MAX_REQUESTS: count(200),
    /** Seconds between "not ready" and the end of listening at SIGTERM, for a balancer to notice. */
    DRAIN_SECONDS: natural(0),
    /** Prometheus metrics of web and worker, each on a port of its own; unset: none. The host is this machine only by default. */
    METRICS_HOST: z.preprocess((value) => (value === '' ? undefined : value), z.string().default('127.0.0.1')),
    METRICS_PORT: natural(0),
    WORKER_METRICS_PORT: natural(0),

    S3_ENDPOINT: optional,
    S3_PUBLIC_ENDPOINT: optional,
    S3_REGION: z.string().default('us-east-1'),
    S3_BUCKET: z.string('S3_BUCKET is not set. Start with `npm start`, or name the bucket of the first library.'),
    /** Thumbnails and previews; beside the first library's bucket unless named. */
    S3_RENDITIONS_BUCKET: optional,
    S3_FORCE_PATH_STYLE: flag,
    S3_ACCESS_KEY_ID: optional,
    S3_SECRET_ACCESS_KEY: optional,
    S3_UPLOAD_ACCESS_KEY_ID: optional,
    S3_UPLOAD_SECRET_ACCESS_KEY: optional,
    S3_PURGE_ACCESS_KEY_ID: optional,
    S3_PURGE_SECRET_ACCESS_KEY: optional,
    /** MinIO only: may read and write the policies of users there, for guardrails (decision 049). The worker's alone. */
    S3_GUARD_ACCESS_KEY_ID: optional,
    S3_GUARD_SECRET_ACCESS_KEY: optional,
    /** `worker`: this process has no purge keys, and hands removals over. The starter sets it for the web process. */
    S3_PURGE_BY: choice(['here', 'worker'], 'here'),
    S3_SSE: choice(['AES256', 'aws:kms', 'none'], 'AES256'),
    S3_KMS_KEY_ID: optional,

    /**
     * CloudFront before the first library's bucket and before the renditions bucket, and the key of its key group: then downloads, previews
     * and thumbnails go by its signed links. The private key as PEM; `\\n` may stand for line breaks.
     */
    CLOUDFRONT_URL: z.preprocess((value) => (value === '' ? undefined : value), z.url().optional()),
    CLOUDFRONT_RENDITIONS_URL: z.preprocess((value) => (value === '' ? undefined : value), z.url().optional()),
    CLOUDFRONT_KEY_PAIR_ID: optional,
    CLOUDFRONT_PRIVATE_KEY: optional,

    /** Where buckets may be told to send their events: a queue's ARN on AWS, webhooks of MinIO (`arn:minio:sqs::STRATA:webhook`), by comma. */
    S3_EVENTS_ARN: z
      .string()
      .default('')
      .transform((list) => list.split(',').filter((arn) => arn !== '')),
    /** A queue of SQS with the events of the libraries' buckets; the worker empties it. */
    S3_EVENTS_QUEUE_URL: z.preprocess((value) => (value === '' ? undefined : value), z.url().optional()),
    /** Secret that the local store sends with its events to the first library; given by `npm start` and compose. */
    S3_EVENTS_TOKEN: optional,

    /** Reverse proxies before the app; each adds one address to X-Forwarded-For. With 0 that header is not believed. */
    TRUSTED_PROXIES: natural(0),

    NEXTAUTH_SECRET: z.string('NEXTAUTH_SECRET is not set. Start with `npm start`, or give 32 random bytes.').min(32),
    ADMIN_EMAIL: optional,
    ADMIN_PASSWORD: optional,

    /** Single sign-on by OpenID Connect; all three or none. */
    OIDC_ISSUER: optional,
    OIDC_CLIENT_ID: optional,
    OIDC_CLIENT_SECRET: optional,

    /** Largest file accepted, bytes. S3 holds 50 TB since 2025-12, MinIO 5 TiB (s3-facts 2.2). */
    MAX_UPLOAD_BYTES: count(5 * 1024 ** 4),
  })
  .superRefine((value, context) => {
    if (Boolean(value.S3_ACCESS_KEY_ID) !== Boolean(value.S3_SECRET_ACCESS_KEY)) {
      context.addIssue({ code: 'custom', message: 'S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY belong together.' });
    }
    const front = value.CLOUDFRONT_URL ?? value.CLOUDFRONT_RENDITIONS_URL;
    if (front && !(value.CLOUDFRONT_KEY_PAIR_ID && value.CLOUDFRONT_PRIVATE_KEY)) {
      context.addIssue({
        code: 'custom',
        message: 'CLOUDFRONT_URL needs CLOUDFRONT_KEY_PAIR_ID and CLOUDFRONT_PRIVATE_KEY, to sign its links.',
      });
    }
    const oidc = [value.OIDC_ISSUER, value.OIDC_CLIENT_ID, value.OIDC_CLIENT_SECRET].filter(Boolean);
    if (oidc.length !== 0 && oidc.length !== 3) {
      context.addIssue({
        code: 'custom',
        message: 'OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET belong together.',
      });
    }
    if (value.OIDC_ISSUER && !URL.canParse(value.OIDC_ISSUER)) {
      context.addIssue({
        code: 'custom',
        message: 'OIDC_ISSUER is no address. Give it as the provider says it, with https://.',
      });
    }
    if (value.S3_SSE === 'aws:kms' && !value.S3_KMS_KEY_ID) {
      context.addIssue({ code: 'custom', message: 'S3_SSE=aws:kms needs S3_KMS_KEY_ID, the full key ARN.' });
    }
  })
  .transform((value) => ({
    ...value,
    CLOUDFRONT_PRIVATE_KEY: value.CLOUDFRONT_PRIVATE_KEY?.replaceAll('\\n', '\n'),
    APP_URL: value.APP_URL ?? `http://localhost:${value.PORT}`,
    S3_PUBLIC_ENDPOINT: value.S3_PUBLIC_ENDPOINT ?? value.S3_ENDPOINT,
    // A bucket's name has at most 63 characters.
    S3_RENDITIONS_BUCKET: value.S3_RENDITIONS_BUCKET ?? `${value.S3_BUCKET.slice(0, 52)}-renditions`,
    /** AWS wants virtual-hosted addresses; a store behind its own endpoint nearly always wants paths. */
    S3_FORCE_PATH_STYLE: value.S3_FORCE_PATH_STYLE ?? Boolean(value.S3_ENDPOINT),
  }));

export type Env = z.output<typeof schema>;

let cached: Env | undefined;

/**
 * The environment, checked once. Nothing else reads `process.env`.
 * It is read at the first call, not at import, so that `next build` needs no secrets.
 * @throws Error that lists every bad variable with what to do.
 */
export function env(): Env {
  if (!cached) {
    const result = schema.safeParse(process.env);
    if (!result.success) {
      const lines = result.error.issues.map((issue) => `  ${issue.path.join('.') || 'environment'}: ${issue.message}`);
      throw new Error(`The environment is not usable:\n${lines.join('\n')}`);
    }
    cached = result.data;
    // next-auth takes its own address from this variable and from nowhere else.
    process.env.NEXTAUTH_URL = cached.APP_URL;
  }
  return cached;
}
