import { describe, expect, it } from 'vitest';
import { pricesUsEast1 } from '#lib/cost/prices-us-east-1.ts';
import { planPreparation, type UnreadFiles } from './plan-preparation.ts';

const GB = 2 ** 30;
const some = (more: Partial<UnreadFiles>): UnreadFiles => ({
  storageClass: 'STANDARD',
  files: 1_000,
  bytes: 100 * GB,
  reads: 2_000,
  pictures: 2_000,
  archived: false,
  ...more,
});
const plan = (...unread: UnreadFiles[]) => planPreparation(unread, pricesUsEast1);

describe('planPreparation', () => {
  it('is nothing where nothing is left', () => {
    expect(plan()).toEqual({ files: 0, archived: 0, bytes: 0, requests: 0, cost: 0, traffic: 0, estimated: false });
  });

  it('counts requests of both kinds; reading the standard class costs nothing by the gigabyte', () => {
    const { STANDARD } = pricesUsEast1.classes;
    const found = plan(some({}));
    expect(found).toMatchObject({ files: 1_000, bytes: 100 * GB, requests: 4_000 });
    expect(found.cost).toBeCloseTo(2 * Number(STANDARD?.getPer1000) + 2 * Number(STANDARD?.putPer1000));
    expect(found.traffic).toBeCloseTo(100 * pricesUsEast1.egressPerGb);
  });

  it('adds what a colder class charges for reading', () => {
    const more = plan(some({ storageClass: 'STANDARD_IA' })).cost - plan(some({})).cost;
    expect(more).toBeGreaterThan(100 * Number(pricesUsEast1.classes.STANDARD_IA?.retrievalPerGb) * 0.99);
  });

  it('leaves out what is archived, and says how much that is', () => {
    const found = plan(some({}), some({ storageClass: 'DEEP_ARCHIVE', files: 7, archived: true }));
    expect(found).toMatchObject({ files: 1_000, archived: 7, bytes: 100 * GB });
  });

  it('says of a sample that it is one, in round numbers', () => {
    const sample = [some({ files: 7_654_321.5, bytes: 123_456_789, reads: 1_234, pictures: 0 })];
    expect(planPreparation(sample, pricesUsEast1, true)).toMatchObject({
      files: 7_700_000,
      bytes: 120_000_000,
      requests: 1_200,
      estimated: true,
    });
  });
});
