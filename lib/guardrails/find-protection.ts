import type { WantedEncryption } from '#lib/storage/types.ts';
import { coversAction, coversResource, isEverybody, type Policy, type Statement } from './policy.ts';

/** Guardrails that a statement of a policy gives. */
export type PolicyGuardrail = 'tls' | 'wrong-encryption' | 'anonymous' | 'link-age';

export type ProtectionContext = { bucket: string; wanted: WantedEncryption; linkSeconds: number };

/**
 * Whether a policy holds a guardrail, by what its statements do and not by who wrote them: those of the article, or of somebody else,
 * count as much as ours. @param of a policy of a user has no principals: it binds that user
 */
export function findProtection(
  id: PolicyGuardrail,
  policy: Policy,
  of: 'bucket' | 'user',
  context: ProtectionContext,
): boolean {
  const denies = policy.Statement.filter(
    (one) => one.Effect === 'Deny' && (of === 'user' || isEverybody(one)) && protectsObjects(one, context.bucket),
  );
  switch (id) {
    case 'tls':
      return denies.some(
        (one) => covers(one, 's3:PutObject', 's3:GetObject') && isOnly(one, 'bool aws:securetransport', 'false'),
      );
    case 'link-age':
      return denies.some((one) => covers(one, 's3:PutObject', 's3:GetObject') && endsLinks(one, context.linkSeconds));
    case 'anonymous':
      return (
        !policy.Statement.some(opensToAnybody) ||
        denies.some((one) => covers(one, 's3:GetObject') && isForAnonymous(one))
      );
    case 'wrong-encryption':
      return refusesWrong(denies, context.wanted);
  }
}

/** An Allow for everybody without any condition: the bucket is open to the world in that far. */
export function opensToAnybody(statement: Statement): boolean {
  return statement.Effect === 'Allow' && isEverybody(statement) && conditionsOf(statement).size === 0;
}

function refusesWrong(denies: Statement[], wanted: WantedEncryption): boolean {
  if (wanted.kind === 'none') return false;
  const refuses = (key: string, value: string) =>
    denies.some((one) => {
      const conditions = conditionsOf(one);
      const only = [...conditions.keys()].every((name) => name === `stringnotequals ${key}` || name === `null ${key}`);
      return covers(one, 's3:PutObject') && only && conditions.get(`stringnotequals ${key}`)?.join() === value;
    });
  const key = 's3:x-amz-server-side-encryption';
  if (!refuses(key, wanted.kind)) return false;
  return wanted.kind === 'AES256' || refuses(`${key}-aws-kms-key-id`, wanted.keyId);
}

function endsLinks(statement: Statement, seconds: number): boolean {
  const conditions = conditionsOf(statement);
  const age = Number(conditions.get('numericgreaterthan s3:signatureage')?.[0]);
  const others = [...conditions.keys()].filter(
    (name) => name !== 'numericgreaterthan s3:signatureage' && name !== 'stringequals s3:authtype',
  );
  return age <= seconds * 1000 && others.length === 0;
}

function isForAnonymous(statement: Statement): boolean {
  const conditions = conditionsOf(statement);
  // On a store whose bucket policies bind nobody else, a Deny without a condition is for them alone.
  if (conditions.size === 0) return true;
  return conditions.size === 1 && conditions.get('stringequals aws:principaltype')?.join() === 'Anonymous';
}

const covers = (statement: Statement, ...actions: string[]) =>
  actions.every((action) => coversAction(statement, action));
const protectsObjects = (statement: Statement, bucket: string) =>
  coversResource(statement, `arn:aws:s3:::${bucket}/any/key`);

function isOnly(statement: Statement, name: string, value: string): boolean {
  const conditions = conditionsOf(statement);
  return conditions.size === 1 && conditions.get(name)?.join() === value;
}

/** `operator key` in lower case, as IAM compares them, to its values as text. */
function conditionsOf(statement: Statement): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const [operator, keys] of Object.entries(statement.Condition ?? {}))
    for (const [key, value] of Object.entries(keys)) {
      const values = Array.isArray(value) ? value : [value];
      found.set(`${operator} ${key}`.toLowerCase(), values.map(String));
    }
  return found;
}
