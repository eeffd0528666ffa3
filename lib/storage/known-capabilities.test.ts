import { expect, it } from 'vitest';
import { knownCapabilities } from './known-capabilities.ts';

it.each(['aws', 'minio', 'versitygw', 'other'] as const)(
  'says of %s for each feature that it was not tried',
  (product) => {
    const {
      maxSegmentBytes,
      fileHidesFolder,
      markerBlocksCreate,
      lifecycleRules,
      policies,
      storageClasses,
      ...features
    } = knownCapabilities(product);
    for (const [name, { detail }] of Object.entries(features)) expect(detail, name).toMatch(/^Not tried/);
    const taken = Object.entries(storageClasses ?? {}).filter(([, { supported }]) => supported);
    expect(taken.length).toBe({ aws: 8, minio: 2, versitygw: 1, other: 1 }[product]);
    // Where nothing may be tried, only AWS is known to take its own classes.
    expect(lifecycleRules?.transitionClasses.length).toBe(product === 'aws' ? 6 : 0);
    expect(policies?.binds).toBe({ aws: 'bucket', minio: 'user', versitygw: 'bucket', other: 'none' }[product]);
    expect(markerBlocksCreate).toBe(product === 'versitygw');
    expect(features.versioning.supported).toBe(true);
    expect([null, 255]).toContain(maxSegmentBytes);
    expect(fileHidesFolder).toBe(product === 'minio' || product === 'other');
  },
);

it('promises of an unknown store no more than the app needs to work', () => {
  expect(knownCapabilities('other').conditionalCopy.supported).toBe(false);
  expect(knownCapabilities('minio').bucketCors.supported).toBe(false);
  expect(knownCapabilities('aws').bucketCors.supported).toBe(true);
});
