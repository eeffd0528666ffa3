import { describe, expect, it } from 'vitest';
import type { AppError } from '#lib/errors.ts';
import { grantedPrefixes, hasRole, isOnTheWay, requireLibraryAdmin, requireRole, roleAt } from './access.ts';
import type { Actor, ActorGrant } from './actor.ts';

const actorWith = (grants: ActorGrant[]): Actor => ({
  userId: 1n,
  name: 'A',
  email: 'a@test.invalid',
  via: 'session',
  sessionId: null,
  grants,
});
const actor = actorWith([
  { libraryId: 1n, prefix: 'press/', role: 'viewer' },
  { libraryId: 1n, prefix: 'press/2026/', role: 'contributor' },
  { libraryId: 1n, prefix: 'brand/', role: 'admin' },
]);
const codeOf = (work: () => void) => {
  try {
    work();
  } catch (error) {
    return (error as AppError).code;
  }
  return null;
};

describe('roles', () => {
  it.each([
    ['press/a.jpg', 'viewer'],
    ['press/2026/a.jpg', 'contributor'],
    ['press/', 'viewer'],
    ['press', null],
    ['pressing/a.jpg', null],
    ['brand/x', 'admin'],
    ['', null],
    ['other.jpg', null],
  ])('%s → %s', (path, role) => expect(roleAt(actor, 1n, path)).toBe(role));

  it('ends at the library', () => expect(roleAt(actor, 2n, 'press/a.jpg')).toBeNull());

  it('answers missing and not yours alike, and says which role is too weak', () => {
    expect(codeOf(() => requireRole(actor, 1n, ['press/2026/a.jpg', 'other.jpg'], 'contributor'))).toBe('not_found');
    expect(codeOf(() => requireRole(actor, 1n, ['press/a.jpg'], 'contributor'))).toBe('forbidden');
    expect(codeOf(() => requireRole(actor, 1n, ['press/2026/a.jpg', 'brand/b'], 'contributor'))).toBeNull();
  });

  it('shows the way to a grant, not its neighbours', () => {
    expect(isOnTheWay(actor, 1n, '')).toBe(true);
    expect(isOnTheWay(actor, 1n, 'press/')).toBe(true);
    expect(isOnTheWay(actor, 1n, 'other/')).toBe(false);
  });

  it('names the outermost granted prefixes', () => {
    expect(grantedPrefixes(actor, 1n).sort()).toEqual(['brand/', 'press/']);
    expect(grantedPrefixes(actor, 1n, 'contributor').sort()).toEqual(['brand/', 'press/2026/']);
  });

  it('makes an admin of a prefix no admin of the library', () => {
    expect(codeOf(() => requireLibraryAdmin(actor, 1n))).toBe('forbidden');
    expect(codeOf(() => requireLibraryAdmin(actor, 2n))).toBe('not_found');
    expect(hasRole(actorWith([{ libraryId: 1n, prefix: '', role: 'admin' }]), 1n, '', 'admin')).toBe(true);
  });
});
