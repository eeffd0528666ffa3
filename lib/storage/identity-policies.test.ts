import { describe, expect, it } from 'vitest';
import { identityPolicies } from './identity-policies.ts';

const actions = (identity: 'app' | 'upload' | 'purge', effect: 'Allow' | 'Deny', store: 'minio' | 'aws' = 'minio') =>
  identityPolicies('media', store)
    [identity].Statement.filter((statement) => statement.Effect === effect)
    .flatMap((statement) => statement.Action);

describe('identityPolicies', () => {
  it('lets upload put objects and nothing else', () => {
    expect(actions('upload', 'Allow')).toEqual(['s3:PutObject']);
  });

  it('forbids app to destroy a version, by name', () => {
    expect(actions('app', 'Deny')).toEqual(['s3:DeleteObjectVersion']);
    expect(actions('app', 'Allow')).not.toContain('s3:DeleteBucket');
  });

  it('lets purge destroy, but neither read nor write', () => {
    expect(actions('purge', 'Allow').filter((action) => /Get|Put/.test(action))).toEqual([]);
    expect(actions('purge', 'Allow')).toContain('s3:DeleteObjectVersion');
  });

  it('names to MinIO no action that MinIO does not know', () => {
    expect(actions('app', 'Allow', 'minio').join()).not.toMatch(/PublicAccessBlock|Ownership/);
    expect(actions('app', 'Allow', 'aws').join()).toMatch(/PublicAccessBlock/);
  });

  it('reaches the bucket and scratch buckets only, never with a wildcard action', () => {
    for (const { Statement } of Object.values(identityPolicies('media'))) {
      for (const { Resource, Action } of Statement) {
        expect(Resource.every((name) => /^arn:aws:s3:::(media|strata-probe-\*)(\/\*)?$/.test(name))).toBe(true);
        expect(Action.join()).not.toContain('*');
      }
    }
  });
});
