import { describe, expect, it } from 'vitest';
import type { AdoptionProbe, Sample } from '#lib/storage/probe-adoption.ts';
import { planFindings } from './plan-findings.ts';

const sample: Sample = {
  complete: true,
  live: 1,
  versions: 1,
  markers: 0,
  bytes: 5,
  nullVersions: 0,
  archived: 0,
  filledMarkers: 0,
  filesThatAreFolders: 0,
  keys: ['media/a.jpg'],
};
const rule = { id: null, headers: [], exposeHeaders: [], maxAgeSeconds: null };
const good: AdoptionProbe = {
  exists: true,
  list: { answer: sample },
  read: { answer: true },
  versioning: { answer: 'enabled' },
  encryption: { answer: { kind: 'AES256' } },
  cors: { answer: [{ ...rule, origins: ['https://*.example.org'], methods: ['GET', 'PUT'] }] },
};
const context = { bucket: 'b', rootPrefix: 'media/', origin: 'https://media.example.org', corsByBucket: true };
const verdicts = (probe: AdoptionProbe, more = {}) =>
  Object.fromEntries(planFindings(probe, { ...context, ...more }).map(({ key, verdict }) => [key, verdict]));

describe('planFindings', () => {
  it('passes what is as it should be, and does not claim what was not tried', () => {
    expect(verdicts(good)).toEqual({
      list: 'pass',
      read: 'pass',
      write: 'unknown',
      versioning: 'pass',
      encryption: 'pass',
      cors: 'pass',
    });
  });

  it.each<[string, Partial<AdoptionProbe>, Record<string, string>]>([
    ['no right to list', { list: { refused: 'denied' }, read: null }, { list: 'fail', read: 'unknown' }],
    ['no right to read', { read: { refused: 'denied' } }, { read: 'fail' }],
    ['no versioning', { versioning: { answer: 'off' } }, { versioning: 'warning' }],
    ['versioning not told', { versioning: { refused: 'denied' } }, { versioning: 'fail' }],
    ['no encryption rule', { encryption: { answer: { kind: 'none' } } }, { encryption: 'warning' }],
    ['no CORS rule', { cors: { answer: [] } }, { cors: 'warning' }],
    [
      'a CORS rule for somebody else',
      { cors: { answer: [{ ...rule, origins: ['https://example.com'], methods: ['GET', 'PUT'] }] } },
      { cors: 'warning' },
    ],
    [
      'a CORS rule that only reads',
      { cors: { answer: [{ ...rule, origins: ['*'], methods: ['GET'] }] } },
      { cors: 'warning' },
    ],
    ['a star', { cors: { answer: [{ ...rule, origins: ['*'], methods: ['GET', 'PUT'] }] } }, { cors: 'pass' }],
  ])('%s', (_, change, expected) => {
    expect(verdicts({ ...good, ...change })).toMatchObject(expected);
  });

  it('does not judge CORS by bucket where the store has none', () => {
    expect(verdicts({ ...good, cors: { answer: [] } }, { corsByBucket: false })).toMatchObject({ cors: 'unknown' });
  });

  it('tells of what other tools left, with numbers, and how sure they are', () => {
    const odd = { ...sample, complete: false, archived: 1200, filledMarkers: 2, keys: ['media/a//b', 'media/ok'] };
    const found = planFindings({ ...good, list: { answer: odd } }, context).filter(({ verdict }) => verdict === 'note');
    expect(found.map(({ label }) => label)).toEqual([
      'Archived versions: 1,200 so far',
      'Irregular names: 1 so far',
      'Folder markers with bytes: 2 so far',
    ]);
  });

  it('stops at a bucket that is not there', () => {
    expect(planFindings({ exists: false }, context)).toMatchObject([{ key: 'exists', verdict: 'fail' }]);
  });
});
