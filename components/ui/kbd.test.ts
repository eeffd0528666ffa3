import { expect, test } from 'vitest';
import { keyParts } from './kbd.tsx';

test.each([
  ['Mod+K', false, ['Ctrl', 'K']],
  ['Mod+K', true, ['Cmd', 'K']],
  ['u', false, ['U']],
  ['Shift+Delete', false, ['Shift', 'Del']],
  ['Escape', false, ['Esc']],
  ['?', true, ['?']],
])('%s', (keys, mac, parts) => expect(keyParts(keys, mac)).toEqual(parts));
