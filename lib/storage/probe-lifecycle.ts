import { getLifecycle, putLifecycle, type StoredRule } from './bucket-lifecycle.ts';
import { statusOf } from './store-errors.ts';
import { transitionClasses } from './transition-classes.ts';
import type { LifecycleSupport } from './types.ts';

const rule = (actions: Partial<StoredRule>): StoredRule => ({
  ID: 'strata-probe',
  Status: 'Enabled',
  Filter: { Prefix: '.strata-probe/never/' },
  ...actions,
});

/** Finds out what a scratch bucket's lifecycle takes and keeps, by writing rules that match nothing. */
export async function probeLifecycle(bucket: string): Promise<LifecycleSupport> {
  const taken: string[] = [];
  for (const name of transitionClasses) {
    if (await isKept(bucket, { Transitions: [{ Days: 60, StorageClass: name }] })) taken.push(name);
  }
  const abortUploads = await isKept(bucket, {
    NoncurrentVersionExpiration: { NoncurrentDays: 365 },
    AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
  });
  const pair = taken.slice(-2).map((StorageClass, index) => ({ Days: 60 + 60 * index, StorageClass }));
  const oneTransitionPerRule = pair.length === 2 && !(await isKept(bucket, { Transitions: pair }));
  await putLifecycle(bucket, { rules: [], minimumObjectSize: null });
  return { transitionClasses: taken, oneTransitionPerRule, abortUploads };
}

/** Whether every action of the rule is there when it is read back: a store may take a document and drop what it does not know. */
async function isKept(bucket: string, actions: Partial<StoredRule>): Promise<boolean> {
  try {
    await putLifecycle(bucket, { rules: [rule(actions)], minimumObjectSize: null });
  } catch (error) {
    // A refusal is the answer; a store that is away is none.
    const status = statusOf(error);
    if ((status >= 400 && status < 500) || status === 501) return false;
    throw error;
  }
  const [kept] = (await getLifecycle(bucket)).rules;
  if (!kept) return false;
  return (Object.keys(actions) as (keyof StoredRule)[]).every((name) => {
    const [wanted, found] = [actions[name], kept[name]];
    return Array.isArray(wanted) ? Array.isArray(found) && found.length === wanted.length : found !== undefined;
  });
}
