import type { Policy, Statement } from './policy.ts';

/**
 * What a hand-written policy of a user does beyond its library, in words; null when nothing. That policy is the store's word on all
 * libraries: who administers one of them may add a Deny for its bucket, and must leave every right and every other Deny as they are.
 */
export function findOverreach(before: Policy, after: Policy, bucket: string): string | null {
  const isOwn = ({ Sid }: Statement) => Sid?.startsWith('Strata') && Sid.endsWith(`:${bucket}`);
  const kept = new Set(after.Statement.map(textOf));
  const lost = before.Statement.find((one) => !isOwn(one) && !kept.has(textOf(one)));
  if (lost)
    return `The statement ${lost.Sid ?? 'without a name'} must stay as it is: it is about every library of this store.`;
  const known = new Set(before.Statement.map(textOf));
  for (const one of after.Statement.filter((statement) => !known.has(textOf(statement)))) {
    const name = one.Sid ?? 'without a name';
    if (one.Effect !== 'Deny') return `The statement ${name} gives a right. Only what denies can be added here.`;
    if (!isAbout(one, bucket))
      return `The statement ${name} is not about the bucket ${bucket} alone. Name it in Resource.`;
  }
  return null;
}

function isAbout({ Resource, NotResource }: Statement, bucket: string): boolean {
  const resources = Resource === undefined ? [] : [Resource].flat();
  const own = `arn:aws:s3:::${bucket}`;
  return (
    NotResource === undefined &&
    resources.length > 0 &&
    resources.every((one) => one === own || one.startsWith(`${own}/`))
  );
}

/** Fields in one order, and lists of one as the store may write them. */
function textOf(statement: Statement): string {
  return JSON.stringify(sorted(statement));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 1 ? sorted(value[0]) : value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, one]) => [name, sorted(one)]),
  );
}
