import * as z from 'zod';

export const librarySlug = z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/);
export const roleName = z.enum(['viewer', 'contributor', 'admin']);
export const isoTime = z.iso.datetime();
/** The largest `bigint` of Postgres, as text. */
const lastId = '9223372036854775807';
/** Identity keys are bigint in Postgres and strings in JSON. */
export const idText = z
  .string()
  .regex(/^[1-9]\d{0,18}$/, 'is not an id')
  .refine((value) => value.length < lastId.length || value <= lastId, 'is not an id');
/** The id of a version as a store gives it: any text of up to 1,024 characters, but for NUL, which no store gives and Postgres cannot hold. */
export const versionIdText = z
  .string()
  .max(1024)
  .refine((value) => !value.includes('\u0000'), 'is not the id of a version');
/** S3's 50 TB fit in 2^53. */
export const byteCount = z.number().int().nonnegative();

export const library = z.object({
  slug: librarySlug,
  name: z.string(),
  bucket: z.string(),
  rootPrefix: z.string(),
  /** The caller's strongest role on the library's root, null when only parts are granted. */
  rootRole: roleName.nullable(),
  /** Prefixes that the caller may see. */
  prefixes: z.array(z.object({ prefix: z.string(), role: roleName })),
  versioning: z.enum(['enabled', 'suspended', 'off']),
  /** Why nothing can be written here, in words; null when it can. */
  readOnlyReason: z.string().nullable(),
  /** Why uploads are refused, in words (header smuggling, DESIGN section 10); null when they are not. */
  uploadsRefusedReason: z.string().nullable(),
  /** Why no file can be put into another storage class by a copy, in words; null when one can. */
  reclassRefusedReason: z.string().nullable(),
  /** Guardrails that failed at the last look, for admins of the whole library; 0 for others. */
  failingGuardrails: z.number().int(),
});
export type LibraryView = z.infer<typeof library>;

export const capability = z.object({ supported: z.boolean(), detail: z.string() });
export const storeView = z.object({
  endpoint: z.string(),
  probedAt: isoTime,
  capabilities: z.record(z.string(), z.unknown()),
});

/** One thing that a look at a bucket found. `fail` stops an adoption, `warning` limits what can be done, `note` is good to know. */
export const finding = z.object({
  key: z.enum([
    'exists',
    'list',
    'read',
    'write',
    'versioning',
    'encryption',
    'cors',
    'archived',
    'null-versions',
    'irregular',
    'filled-markers',
    'files-and-folders',
    'overlap',
  ]),
  verdict: z.enum(['pass', 'fail', 'warning', 'unknown', 'note']),
  label: z.string(),
  detail: z.string(),
});
export type Finding = z.infer<typeof finding>;

export const bucketProbe = z.object({
  bucket: z.string(),
  rootPrefix: z.string(),
  findings: z.array(finding),
  /** Whether it can be added. */
  adoptable: z.boolean(),
  /** What was counted; more than this where it is not complete. Null when it could not be listed. */
  size: z
    .object({ files: z.number().int(), versions: z.number().int(), bytes: byteCount, complete: z.boolean() })
    .nullable(),
  suggested: z.object({ name: z.string(), slug: librarySlug }),
});
export type BucketProbe = z.infer<typeof bucketProbe>;
