import { expect, test } from 'vitest';
import { addressGroup, addressOf } from './client-address.ts';

const headers = (forwarded: string | null, socket: string | null) =>
  new Headers({
    ...(forwarded === null ? {} : { 'x-forwarded-for': forwarded }),
    ...(socket === null ? {} : { 'x-strata-address': socket }),
  });

test.each([
  ['a made-up header is not believed', '6.6.6.6', '10.0.0.9', 0, '10.0.0.9'],
  ['one proxy: the entry that it added', '6.6.6.6, 203.0.113.7', '10.0.0.1', 1, '203.0.113.7'],
  ['two proxies', '6.6.6.6, 203.0.113.7, 10.0.0.2', '10.0.0.1', 2, '203.0.113.7'],
  ['fewer entries than proxies: the socket', '203.0.113.7', '10.0.0.1', 2, '10.0.0.1'],
  ['no header behind a proxy: the socket', null, '10.0.0.1', 1, '10.0.0.1'],
  ['IPv4 in IPv6', null, '::ffff:10.0.0.9', 0, '10.0.0.9'],
  ['nothing known', null, null, 0, 'unknown'],
])('%s', (_, forwarded, socket, proxies, expected) =>
  expect(addressOf(headers(forwarded, socket), proxies)).toBe(expected),
);

test.each([
  ['203.0.113.7', '203.0.113.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:db8:1:2:ffff::1', '2001:db8:1:2'],
  ['2001:0db8:0001::1', '2001:db8:1:0'],
  ['::1', '0:0:0:0'],
  ['unknown', 'unknown'],
])('%s is counted as %s', (address, expected) => expect(addressGroup(address)).toBe(expected));
