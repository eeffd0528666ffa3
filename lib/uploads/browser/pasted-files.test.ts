import { expect, test } from 'vitest';
import { pastedName, takePaste } from './pasted-files.ts';

const at = new Date(2026, 10, 23, 14, 32, 5);

test.each([
  ['image/png', 0, 'pasted 2026-11-23 14.32.05.png'],
  ['image/jpeg', 1, 'pasted 2026-11-23 14.32.05 2.jpg'],
  ['image/svg+xml', 0, 'pasted 2026-11-23 14.32.05.svg'],
])('%s', (type, index, name) => {
  expect(pastedName(type, at, index)).toBe(name);
});

test('copied pictures get a name of their own, copied files keep theirs', () => {
  const files = [
    new File(['x'], 'image.png', { type: 'image/png' }),
    new File(['y'], 'kite.jpg', { type: 'image/jpeg' }),
  ];
  const picked = takePaste({ files: files as unknown as FileList }, at);
  expect(picked.map((file) => file.relativePath)).toEqual(['pasted 2026-11-23 14.32.05.png', 'kite.jpg']);
  expect(picked[0]?.file.name).toBe('pasted 2026-11-23 14.32.05.png');
});
