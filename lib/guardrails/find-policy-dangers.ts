import { coversAction, coversResource, isEverybody, type Policy, type Statement } from './policy.ts';

/** How the app and its people reach the store, as far as a policy can tell them apart. */
export type PolicyWorld = {
  bucket: string;
  /** Of the address that the server uses, and of the one that browsers use. */
  serverIsHttps: boolean;
  browserIsHttps: boolean;
  /** Encryption that the app asks for on every PUT; null when it sends no header. */
  sendsEncryption: 'AES256' | 'aws:kms' | null;
  /** Seconds for which the app's links are good. */
  linkSeconds: number;
};

/** What the app must be able to do, with one action for each way in which it works. */
const NEEDED = [
  ...['s3:PutObject', 's3:GetObject', 's3:GetObjectVersion', 's3:ListBucket', 's3:ListBucketVersions'],
  // Without it the policy could not be taken back.
  's3:PutBucketPolicy',
];

/**
 * Why a policy would lock the app out, in words with the remedy; empty when it does not. A Deny wins over every Allow, so only those
 * are looked at. What cannot be judged from here (a principal by name, an address, a key that is not known) counts as harmless unless
 * it denies everybody without any condition.
 */
export function findPolicyDangers(policy: Policy, world: PolicyWorld): string[] {
  return policy.Statement.filter((one) => one.Effect === 'Deny' && isEverybody(one)).flatMap((statement) => {
    const actions = NEEDED.filter(
      (action) => coversAction(statement, action) && coversResource(statement, arnFor(action, world)),
    );
    const reason = actions.length === 0 ? null : dangerOf(statement, world);
    return reason === null ? [] : [reason];
  });
}

function arnFor(action: string, { bucket }: PolicyWorld): string {
  return action.includes('Bucket') ? `arn:aws:s3:::${bucket}` : `arn:aws:s3:::${bucket}/any/key`;
}

function dangerOf(statement: Statement, world: PolicyWorld): string | null {
  const conditions = Object.entries(statement.Condition ?? {}).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, value]) => ({ operator, key: key.toLowerCase(), value })),
  );
  if (conditions.length === 0) return `${nameOf(statement)} denies everybody, the app too. Give it a condition.`;
  const [tls] = conditions.filter(({ key }) => key === 'aws:securetransport');
  if (tls && conditions.length === 1 && holds(tls.value, 'false') && tls.operator.startsWith('Bool'))
    return tlsDanger(world);
  const age = conditions.find(({ key }) => key === 's3:signatureage');
  if (age && Number(first(age.value)) < world.linkSeconds * 1000)
    return `${nameOf(statement)} ends links after ${Math.round(Number(first(age.value)) / 1000)} s; the app's own live ${world.linkSeconds} s. Allow that much.`;
  return encryptionDanger(statement, conditions, world);
}

function tlsDanger({ serverIsHttps, browserIsHttps }: PolicyWorld): string | null {
  if (serverIsHttps && browserIsHttps) return null;
  const who = serverIsHttps ? 'Browsers reach' : 'The app reaches';
  return `${who} this store over http. With TLS only nothing could be read or sent any more. Give the store an https address first.`;
}

type Flat = { operator: string; key: string; value: unknown };

/** The article's second policy: it refuses an absent header too, which the app may send or not. */
function encryptionDanger(statement: Statement, conditions: Flat[], { sendsEncryption }: PolicyWorld): string | null {
  const header = conditions.filter(({ key }) => key === 's3:x-amz-server-side-encryption');
  const differs = header.find(({ operator }) => operator.startsWith('StringNotEquals'));
  const absent = header.find(({ operator, value }) => operator === 'Null' && holds(value, 'true'));
  const present = header.some(({ operator, value }) => operator === 'Null' && holds(value, 'false'));
  if (!differs && !absent) return null;
  if (sendsEncryption === null)
    return present
      ? null
      : `${nameOf(statement)} refuses uploads that name no encryption, and the app is set to name none (S3_SSE=none). Set S3_SSE first.`;
  if (differs && !list(differs.value).includes(sendsEncryption))
    return `${nameOf(statement)} wants another encryption than the app sends (${sendsEncryption}). Set S3_SSE to it first.`;
  return null;
}

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);
const first = (value: unknown) => list(value)[0];
const holds = (value: unknown, word: string) => list(value).some((one) => String(one) === word);
const nameOf = ({ Sid }: Statement) => (Sid ? `The statement ${Sid}` : 'A statement without a name');
