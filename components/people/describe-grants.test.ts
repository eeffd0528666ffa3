import { expect, test } from 'vitest';
import { describeGrants } from './describe-grants.ts';

const one = new Map([['media', 'Media']]);
const two = new Map([...one, ['press', 'Press archive']]);
const grant = (prefix: string, role: string, library = 'media', coveredBy: string | null = null) => ({
  prefix,
  role,
  library,
  coveredBy,
});

test.each([
  ['none', [], one, 'no grants'],
  ['the whole of the only library', [grant('', 'admin')], one, 'admin'],
  ['a folder', [grant('campaigns/', 'admin')], one, 'admin of campaigns/'],
  ['the strongest first', [grant('a/', 'viewer'), grant('b/', 'admin')], one, 'admin of b/, viewer of a/'],
  ['covered ones are left out', [grant('', 'contributor'), grant('a/', 'viewer', 'media', '1')], one, 'contributor'],
  ['many', [grant('a/', 'viewer'), grant('b/', 'viewer'), grant('c/', 'admin')], one, 'admin of c/, and 2 more'],
  [
    'with several libraries',
    [grant('', 'admin', 'press'), grant('a/', 'viewer')],
    two,
    'admin of Press archive, viewer of Media, a/',
  ],
])('%s', (_, grants, names, expected) => expect(describeGrants(grants, names)).toBe(expected));
