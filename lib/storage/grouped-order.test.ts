import { expect, it } from 'vitest';
import { orderGrouped } from './grouped-order.ts';
import type { ListedVersion } from './types.ts';

const entry = (key: string, versionId: string, time: string, more: Partial<ListedVersion> = {}): ListedVersion => ({
  key,
  versionId,
  isDeleteMarker: false,
  isLatest: false,
  modifiedAt: new Date(`2026-11-23T15:30:${time}Z`),
  size: 1,
  etag: 'x',
  storageClass: 'STANDARD',
  ...more,
});

it('merges what VersityGW lists apart: seen on 1.8.0 for write, delete, write, write, delete, write', () => {
  const listed = [
    entry('a', '01M84GGEW9A7Z0000000000000', '04.201', { isDeleteMarker: true }),
    entry('a', '01M84GGEVTX880000000000000', '04.186', { isDeleteMarker: true }),
    entry('a', '01M84GGEWC2030000000000000', '04.000', { isLatest: true }),
    entry('a', '01M84GGEW5G140000000000000', '04.000'),
    entry('a', '01M84GGEVXGBH0000000000000', '04.000'),
    entry('a', '01M84GGEVMB3X0000000000000', '04.000'),
  ];
  expect(
    orderGrouped(listed)
      .map((version) => (version.isDeleteMarker ? 'd' : 'w'))
      .join(''),
  ).toBe('wdwwdw');
});

it('keeps keys apart in byte order, and goes by time where ids say nothing', () => {
  const listed = [
    entry('ä', 'null', '01'),
    entry('b', 'null', '01'),
    entry('b', '01M84GGEW9A7Z0000000000000', '02'),
    entry('a', '01M84GGEW9A7Z0000000000000', '00'),
  ];
  expect(orderGrouped(listed).map((version) => `${version.key} ${version.versionId.slice(0, 4)}`)).toEqual([
    'a 01M8',
    'b 01M8',
    'b null',
    'ä null',
  ]);
});
