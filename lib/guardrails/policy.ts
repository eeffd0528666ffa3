/** A policy of S3 as JSON. Statements of others may hold anything that IAM knows, and are carried through unchanged. */
export type Statement = {
  Sid?: string;
  Effect: 'Allow' | 'Deny';
  Principal?: unknown;
  Action?: string | string[];
  NotAction?: string | string[];
  Resource?: string | string[];
  NotResource?: string | string[];
  Condition?: Record<string, Record<string, unknown>>;
};
export type Policy = { Version: string; Statement: Statement[]; Id?: string };

/** Marks the statements that Strata put and may replace. */
export const SID_PREFIX = 'Strata';

/** Bytes of a bucket policy, at most (S3 user guide, "Bucket policies"). */
export const maxPolicyBytes = 20 * 1024;

/**
 * A policy text as the store gives it.
 * @throws SyntaxError when it is no JSON, TypeError when it is no policy: never taken for an empty one, which would drop it
 */
export function parsePolicy(text: string | null): Policy {
  if (text === null) return { Version: '2012-10-17', Statement: [] };
  const value = JSON.parse(text) as { Version?: string; Id?: string; Statement?: Statement | Statement[] };
  if (!value || typeof value !== 'object' || !value.Statement) throw new TypeError('The policy has no statements.');
  // IAM takes a single statement without a list, and a policy without a version as the old one.
  const statements = Array.isArray(value.Statement) ? value.Statement : [value.Statement];
  return { ...value, Version: value.Version ?? '2008-10-17', Statement: statements };
}

/**
 * The policy with one of our statements put in, replaced (`statement`) or taken out (null). Every other statement stays, in its place.
 */
export function mergeStatement(policy: Policy, sid: string, statement: Statement | null): Policy {
  if (!sid.startsWith(SID_PREFIX)) throw new Error(`${sid} is no statement of ours.`);
  const at = policy.Statement.findIndex((one) => one.Sid === sid);
  const others = policy.Statement.filter((one) => one.Sid !== sid);
  if (!statement) return { ...policy, Statement: others };
  const place = at === -1 ? others.length : at;
  return { ...policy, Statement: [...others.slice(0, place), { ...statement, Sid: sid }, ...others.slice(place)] };
}

/** Of statements that are about one bucket, where a policy speaks of several. A bucket's name holds no colon. */
export const sidIn = (sid: string, bucket: string) => `${sid}:${bucket}`;

/** The policy without our statements about one bucket. Those of others stay. */
export function withoutBucket(policy: Policy, bucket: string): Policy {
  const isOurs = ({ Sid = '' }: Statement) => Sid.startsWith(SID_PREFIX) && Sid.endsWith(sidIn('', bucket));
  return { ...policy, Statement: policy.Statement.filter((one) => !isOurs(one)) };
}

/** As it is stored and compared: two spaces, fields in S3's order. */
export function formatPolicy(policy: Policy): string {
  return JSON.stringify(policy, null, 2);
}

const list = <T>(value: T | T[] | undefined): T[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];

/** Whether a statement names this action, with `*` and `?` as IAM reads them. `NotAction` names all but those. */
export function coversAction(statement: Statement, action: string): boolean {
  if (statement.NotAction !== undefined)
    return !list(statement.NotAction).some((pattern) => matchesPattern(pattern, action, true));
  return list(statement.Action).some((pattern) => matchesPattern(pattern, action, true));
}

export function coversResource(statement: Statement, arn: string): boolean {
  if (statement.NotResource !== undefined)
    return !list(statement.NotResource).some((pattern) => matchesPattern(pattern, arn, false));
  return list(statement.Resource).some((pattern) => matchesPattern(pattern, arn, false));
}

/** Whether a statement speaks of everybody: `"*"` or `{"AWS": "*"}` (IAM user guide, "Principal"). */
export function isEverybody(statement: Statement): boolean {
  const { Principal: principal } = statement;
  if (principal === '*') return true;
  if (typeof principal !== 'object' || principal === null) return false;
  return list((principal as { AWS?: string | string[] }).AWS).includes('*');
}

/** Actions are compared without case, resources with (IAM user guide, "Action", "Resource"). */
function matchesPattern(pattern: string, value: string, ignoreCase: boolean): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, ignoreCase ? 'is' : 's').test(value);
}
