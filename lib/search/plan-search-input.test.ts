import { describe, expect, it } from 'vitest';
import { isAsked, planSearchInput, type SearchAddress } from './plan-search-input.ts';

const none: SearchAddress = {
  q: null,
  in: null,
  kind: null,
  uploaded: null,
  taken: null,
  size: null,
  person: null,
  tag: null,
  class: null,
};
const now = new Date(2026, 10, 25, 12);
const plan = (address: Partial<SearchAddress>) =>
  planSearchInput({ ...none, ...address }, { library: 'media', folder: 'press/', sort: 'name' }, now);
const base = { library: 'media', q: '', path: 'press/', sort: 'name' };

describe('planSearchInput', () => {
  it.each<[Partial<SearchAddress>, object]>([
    [{ q: ' jetty ' }, { q: 'jetty' }],
    [
      { q: 'jetty', in: 'everywhere' },
      { q: 'jetty', path: '' },
    ],
    [
      { kind: 'video', tag: 'Best of', class: 'GLACIER' },
      { kind: 'video', tag: 'Best of', storageClass: 'GLACIER' },
    ],
    [{ size: '1MB..' }, { minSize: 1_048_576 }],
    [{ size: '..1MB' }, { maxSize: 1_048_575 }],
    [{ taken: '5 nov' }, { takenFrom: '2026-11-05T00:00:00Z', takenTo: '2026-11-06T00:00:00Z' }],
    [
      { uploaded: 'yesterday' },
      { from: new Date(2026, 10, 24).toISOString(), to: new Date(2026, 10, 25).toISOString() },
    ],
    [{ uploaded: 'since 2026' }, { from: new Date(2026, 0, 1).toISOString() }],
    [{ uploaded: 'soon', taken: '', size: 'big', person: 'Mara', class: 'glacier' }, {}],
  ])('%j', (address, wanted) => {
    expect(plan(address)).toEqual({ ...base, ...wanted });
  });

  it('asks once there are words or a filter in an open field', () => {
    expect(
      [{}, { q: '' }, { q: '  ' }, { kind: 'image' as const }].map((each) => isAsked({ ...none, ...each })),
    ).toEqual([false, false, false, false]);
    expect(isAsked({ ...none, q: 'a' })).toBe(true);
    expect(isAsked({ ...none, q: '', kind: 'image' })).toBe(true);
  });
});
