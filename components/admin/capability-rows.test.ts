import { describe, expect, it } from 'vitest';
import { capabilityRows, planCapabilityRows } from './capability-rows.ts';

const full = Object.fromEntries(capabilityRows.map(({ key }) => [key, { supported: true, detail: `${key} works` }]));

describe('planCapabilityRows', () => {
  it('says yes with what the probe saw', () => {
    const storageClasses = { STANDARD_IA: { supported: true, detail: 'taken' } };
    const rows = planCapabilityRows({
      ...full,
      storageClasses,
      headerSmuggling: { verdict: 'safe', detail: 'refused' },
    });
    expect(rows.every(({ verdict, consequence }) => verdict === 'yes' && consequence === null)).toBe(true);
    expect(rows.find(({ key }) => key === 'lifecycle')?.detail).toBe('lifecycle works');
    expect(rows.at(-1)).toMatchObject({ key: 'headerSmuggling', detail: 'refused' });
  });

  it('says what follows from a no', () => {
    const rows = planCapabilityRows({
      ...full,
      versioning: { supported: false, detail: 'The store answered NotImplemented.' },
      headerSmuggling: { verdict: 'unsafe', detail: 'copied' },
    });
    expect(rows[0]).toMatchObject({ verdict: 'no', detail: 'The store answered NotImplemented.' });
    expect(rows[0]?.consequence).toContain('read-only');
    expect(rows.at(-1)).toMatchObject({ verdict: 'no' });
    expect(rows.at(-1)?.consequence).toContain('Uploads are off');
  });

  it.each([
    [{ STANDARD_IA: true, GLACIER: false, REDUCED_REDUNDANCY: true }, 'yes', 'Standard-IA, Reduced Redundancy.', null],
    [
      { STANDARD: true, GLACIER: false },
      'no',
      'refused',
      'The storage class of files is changed by lifecycle rules only.',
    ],
  ])('names the classes that copies may go into: %j', (classes, verdict, detail, consequence) => {
    const storageClasses = Object.fromEntries(
      Object.entries(classes).map(([name, supported]) => [name, { supported, detail: 'refused' }]),
    );
    const row = planCapabilityRows({ storageClasses }).find(({ key }) => key === 'storageClasses');
    expect(row).toMatchObject({ verdict, detail, consequence });
  });

  it.each([{}, { versioning: null }, { versioning: 'yes' }, { headerSmuggling: { verdict: 'unknown' } }])(
    'calls %j unknown, not missing',
    (profile) => {
      expect(planCapabilityRows(profile).every(({ verdict }) => verdict === 'unknown')).toBe(true);
    },
  );
});
