import { expect, test } from 'vitest';
import type { RoleName } from '#lib/auth/actor.ts';
import { findCoveringGrant } from './find-covering-grant.ts';

const grants = (...list: [string, RoleName, string?][]) =>
  list.map(([prefix, role, library = 'media'], index) => ({ id: String(index + 1), prefix, role, library }));

test.each([
  ['alone', grants(['press/', 'viewer']), null],
  ['a stronger role above covers it', grants(['press/', 'viewer'], ['', 'contributor']), '2'],
  ['the same role above covers it', grants(['press/2026/', 'viewer'], ['press/', 'viewer']), '2'],
  ['a weaker role above does not', grants(['press/', 'admin'], ['', 'viewer']), null],
  ['one below does not', grants(['press/', 'viewer'], ['press/2026/', 'admin']), null],
  ['a neighbour with the same beginning does not', grants(['pressing/', 'viewer'], ['press/', 'admin']), null],
  ['another library does not', grants(['press/', 'viewer'], ['', 'admin', 'other']), null],
  ['the strongest above is named', grants(['a/b/', 'viewer'], ['', 'viewer'], ['a/', 'admin']), '3'],
])('%s', (_, all, expected) => expect(findCoveringGrant(all[0]!, all)?.id ?? null).toBe(expected));
