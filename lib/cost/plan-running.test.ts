import { describe, expect, it } from 'vitest';
import { planRunning, type RunningInput, readingPrice } from './plan-running.ts';
import { pricesUsEast1 as prices } from './prices-us-east-1.ts';
import { GB } from './storage-price.ts';

const input = (more: Partial<RunningInput> = {}): RunningInput => ({
  measured: { singles: 0, multiparts: 0, parts: 0, items: 0, copies: 0 },
  versions: 0,
  byClass: [{ name: 'STANDARD', bytes: GB }],
  use: null,
  viaCloudFront: false,
  ...more,
});
const lineOf = (name: string, more: Partial<RunningInput>) =>
  planRunning(input(more), prices).lines.find((line) => line.name === name);

describe('planRunning', () => {
  it('bills an upload as its writes and a look, one in parts as its parts and three more', () => {
    const measured = { singles: 10, multiparts: 1, parts: 20, items: 0, copies: 0 };
    const line = lineOf('uploads', { measured });
    expect(line).toMatchObject({ count: 11, requests: 10 + 20 + 3 + 11 });
    expect(line?.perMonth).toBeCloseTo((33 * 0.005 + 11 * 0.0004) / 1000, 12);
  });

  it('bills a change as three listings, and a copy beside', () => {
    const line = lineOf('changes', { measured: { singles: 0, multiparts: 0, parts: 0, items: 100, copies: 40 } });
    expect(line).toMatchObject({ count: 100, requests: 340 });
    expect(line?.perMonth).toBeCloseTo((340 * 0.005) / 1000, 12);
  });

  it('bills the hourly comparison by thousands of versions', () => {
    expect(lineOf('comparing', { versions: 1_000_001 })).toMatchObject({
      requests: 1001 * 720,
      perMonth: expect.closeTo(3.6036, 9),
    });
  });

  it('says nothing of reading while nobody has said what is read', () => {
    expect(planRunning(input(), prices)).toMatchObject({ perMonth: 0, cloudFrontSaves: null });
    expect(lineOf('traffic', {})).toBeUndefined();
  });

  it.each([
    [false, 9],
    [true, 8.5],
  ])('bills traffic, through CloudFront %s, and says what that saves', (viaCloudFront, perMonth) => {
    const use = { downloads: 1000, bytes: 100 * GB };
    expect(lineOf('traffic', { use, viaCloudFront })?.perMonth).toBeCloseTo(perMonth, 9);
    const running = planRunning(input({ use, viaCloudFront }), prices);
    expect(running.cloudFrontSaves).toBeCloseTo(0.5, 9);
    expect(running.perMonth).toBeCloseTo(perMonth + 0.0004, 9);
    const bare = planRunning(input({ use, viaCloudFront }), { ...prices, cloudFrontPerGb: null });
    expect(bare.cloudFrontSaves).toBeNull();
    expect(bare.lines.at(-1)?.perMonth).toBeCloseTo(9, 9);
  });
});

describe('readingPrice', () => {
  const use = { downloads: 1000, bytes: 10 * GB };
  it.each([
    ['nothing is there', [], 0],
    ['all in Standard', [['STANDARD', 1]], 0.0004],
    [
      'half in Standard-IA',
      [
        ['STANDARD', 1],
        ['STANDARD_IA', 1],
      ],
      0.0007 + 0.05,
    ],
    ['all in Glacier Instant', [['GLACIER_IR', 3]], 0.01 + 0.3],
  ] as [string, [string, number][], number][])('where %s', (_, classes, expected) => {
    const byClass = classes.map(([name, bytes]) => ({ name, bytes }));
    expect(readingPrice(use, byClass, prices)).toBeCloseTo(expected, 9);
  });
});
