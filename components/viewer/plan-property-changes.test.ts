import { expect, it } from 'vitest';
import { planPropertyChanges } from './plan-property-changes.ts';

const pairs = (values: Record<string, string>) => Object.entries(values).map(([name, value]) => ({ name, value }));
const properties = (headers = {}, metadata = {}, tags: Record<string, string> | null = {}) => ({
  headers: pairs(headers),
  metadata: pairs(metadata),
  tags: tags && pairs(tags),
});

it('puts what differs first, and tells none, empty and the same apart', () => {
  const a = properties(
    { Encryption: 'AES256', 'Cache-Control': 'no-store' },
    { camera: 'A1' },
    { project: 'x', draft: '' },
  );
  const b = properties({ Encryption: 'AES256' }, { camera: 'B2' }, { project: 'x' });
  expect(planPropertyChanges(a, b)).toEqual([
    { term: 'Cache-Control', a: 'no-store', b: 'none' },
    { term: 'camera', a: 'A1', b: 'B2' },
    { term: 'Tag draft', a: '(empty)', b: 'none' },
    { term: 'Encryption', a: 'AES256', b: null },
    { term: 'Tag project', a: 'x', b: null },
  ]);
});

it('is empty where the store keeps nothing beside the bytes, and has no tags at all', () => {
  expect(planPropertyChanges(properties({}, {}, null), properties())).toEqual([]);
});
