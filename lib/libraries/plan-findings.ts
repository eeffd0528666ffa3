import type { AdoptionProbe, Sample } from '#lib/storage/probe-adoption.ts';
import type { CorsRule } from '#lib/storage/types.ts';
import { isIrregularPath } from './path-rules.ts';
import type { Finding } from './schema.ts';

type Context = { bucket: string; rootPrefix: string; origin: string; corsByBucket: boolean };

/**
 * What a probe of a bucket means, in the order in which it is read: what would stop an adoption first, what is good to know last. Pure.
 * @param probe null parts were not tried
 */
export function planFindings(probe: AdoptionProbe | { exists: false }, context: Context): Finding[] {
  if (!('list' in probe)) {
    const detail = 'The store has no bucket of this name, or another account owns it. Check the name.';
    return [{ key: 'exists', verdict: 'fail', label: 'The bucket is there', detail }];
  }
  return [
    findList(probe.list),
    findRead(probe.read),
    {
      key: 'write',
      verdict: 'unknown',
      label: 'May write files',
      detail: 'Not tried, since nothing is written into a bucket that is looked at. The first upload tells.',
    },
    findVersioning(probe.versioning, context.bucket),
    findEncryption(probe.encryption),
    findCors(context.corsByBucket ? probe.cors : { refused: 'unsupported' }, context.origin),
    ...('answer' in probe.list ? findOddities(probe.list.answer, context.rootPrefix) : []),
  ];
}

const label = {
  list: 'May list every version',
  read: 'May read files',
  versioning: 'Versioning is on',
  encryption: 'New files are encrypted by default',
  cors: 'Browsers may send and read files here',
};

function findList(list: AdoptionProbe['list']): Finding {
  if ('answer' in list) {
    const { live, complete } = list.answer;
    const seen = `${live.toLocaleString('en')} ${live === 1 ? 'file was' : 'files were'} seen`;
    const detail = complete ? `${seen}; that is all.` : `${seen} in the first pages; there are more.`;
    return { key: 'list', verdict: 'pass', label: label.list, detail };
  }
  const detail = 'The key of the app needs s3:ListBucket and s3:ListBucketVersions on this bucket.';
  return { key: 'list', verdict: 'fail', label: label.list, detail };
}

function findRead(read: AdoptionProbe['read']): Finding {
  const base = { key: 'read' as const, label: label.read };
  if (read === null) return { ...base, verdict: 'unknown', detail: 'There is no file yet to try it with.' };
  if ('answer' in read) return { ...base, verdict: 'pass', detail: 'One file was asked for its size and type.' };
  const detail = 'The key of the app needs s3:GetObject and s3:GetObjectVersion on this bucket.';
  return { ...base, verdict: 'fail', detail };
}

function findVersioning(versioning: AdoptionProbe['versioning'], bucket: string): Finding {
  const base = { key: 'versioning' as const, label: label.versioning };
  if ('refused' in versioning) {
    const detail =
      'The key of the app needs s3:GetBucketVersioning. Without it nothing here can be trusted to be undone.';
    return { ...base, verdict: 'fail', detail };
  }
  if (versioning.answer === 'enabled') {
    return { ...base, verdict: 'pass', detail: 'Every change keeps what was there before.' };
  }
  const was = versioning.answer === 'suspended' ? 'suspended' : 'off';
  const detail = `It is ${was} for ${bucket}, so a change could lose what was there. The library is read-only until an admin switches it on.`;
  return { ...base, verdict: 'warning', detail };
}

function findEncryption(encryption: AdoptionProbe['encryption']): Finding {
  const base = { key: 'encryption' as const, label: label.encryption };
  if ('refused' in encryption) {
    const detail =
      encryption.refused === 'denied'
        ? 'Not known: the key of the app lacks s3:GetEncryptionConfiguration. Strata asks for encryption with each upload.'
        : 'This store has no such setting. Strata asks for encryption with each upload where it can.';
    return { ...base, verdict: 'unknown', detail };
  }
  if (encryption.answer.kind === 'none') {
    const detail = 'The bucket has no rule. Strata asks for encryption with each upload; other tools may not.';
    return { ...base, verdict: 'warning', detail };
  }
  const detail = encryption.answer.kind === 'AES256' ? 'With AES-256 by the store.' : 'With a KMS key.';
  return { ...base, verdict: 'pass', detail };
}

function findCors(cors: AdoptionProbe['cors'], origin: string): Finding {
  const base = { key: 'cors' as const, label: label.cors };
  if ('refused' in cors) {
    const detail =
      cors.refused === 'denied'
        ? 'Not known: the key of the app lacks s3:GetBucketCors.'
        : 'This store has no rules by bucket; one setting of the store covers all of them.';
    return { ...base, verdict: 'unknown', detail };
  }
  if (allowsOrigin(cors.answer, origin)) return { ...base, verdict: 'pass', detail: `A rule allows ${origin}.` };
  const detail =
    cors.answer.length === 0
      ? `The bucket has no CORS rule, so uploads and previews from ${origin} will fail.`
      : `No rule allows ${origin} to PUT and GET, so uploads and previews in the browser will fail.`;
  return { ...base, verdict: 'warning', detail };
}

/** The first rule that matches decides at the store; here it is enough that one would (s3-facts 6.1). */
function allowsOrigin(rules: CorsRule[], origin: string): boolean {
  const matches = (pattern: string) =>
    pattern === origin ||
    (pattern.includes('*') &&
      origin.startsWith(pattern.slice(0, pattern.indexOf('*'))) &&
      origin.endsWith(pattern.slice(pattern.indexOf('*') + 1)));
  return rules.some(
    (rule) => rule.origins.some(matches) && ['PUT', 'GET'].every((method) => rule.methods.includes(method)),
  );
}

/** What lies there that other tools made, said beforehand so that nobody takes it for a fault. */
function findOddities(sample: Sample, rootPrefix: string): Finding[] {
  const irregular = sample.keys.filter((key) => isIrregularPath(key.slice(rootPrefix.length))).length;
  const counts: [Finding['key'], number, string, string][] = [
    [
      'archived',
      sample.archived,
      'Archived versions',
      'They are listed with their class. Their bytes can be read only after a thaw, so they get no preview.',
    ],
    [
      'null-versions',
      sample.nullVersions,
      'Versions named "null"',
      'They are from a time without versioning. A later write while it is suspended replaces such a version.',
    ],
    [
      'irregular',
      irregular,
      'Irregular names',
      'Names that Strata would not give, such as a//b. They are shown, and can be looked at and downloaded.',
    ],
    [
      'filled-markers',
      sample.filledMarkers,
      'Folder markers with bytes',
      'A key that ends in a slash and is not empty is shown as a folder and as a file.',
    ],
    [
      'files-and-folders',
      sample.filesThatAreFolders,
      'Names that are a file and a folder',
      'Both are shown. On MinIO the file hides the folder from listings; what is known of it stays.',
    ],
  ];
  const first = sample.complete ? '' : ' so far';
  return counts
    .filter(([, count]) => count > 0)
    .map(([key, count, name, detail]) => ({
      key,
      verdict: 'note',
      label: `${name}: ${count.toLocaleString('en')}${first}`,
      detail,
    }));
}
