import { expect, it } from 'vitest';
import type { Actor } from '#lib/auth/actor.ts';
import { planScope } from './plan-scope.ts';

const actor = (...prefixes: string[]): Actor => ({
  userId: 1n,
  name: 'P',
  email: 'p@test.invalid',
  via: 'session',
  sessionId: null,
  grants: [
    ...prefixes.map((prefix) => ({ libraryId: 1n, prefix, role: 'viewer' as const })),
    { libraryId: 2n, prefix: '', role: 'admin' as const },
  ],
});

it.each<[string, string[], string, string[]]>([
  ['the whole library', [''], '', ['']],
  ['a folder of it', [''], 'a/b/', ['a/b/']],
  ['above a grant: the grant', ['a/b/'], '', ['a/b/']],
  ['at a grant', ['a/b/'], 'a/b/', ['a/b/']],
  ['below a grant', ['a/b/'], 'a/b/c/', ['a/b/c/']],
  ['beside a grant: nothing', ['a/b/'], 'a/c/', []],
  ['a name that begins alike is beside it', ['a/b/'], 'a/bc/', []],
  ['several grants, one inside another', ['a/', 'a/b/', 'c/'], '', ['a/', 'c/']],
  ['another library’s grants count for nothing', [], '', []],
])('%s', (_, grants, path, scope) => {
  expect(planScope(actor(...grants), 1n, path)).toEqual(scope);
});
