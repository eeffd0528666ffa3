import fc from 'fast-check';
import { expect, it } from 'vitest';
import { browseHref, pathOfAddress } from './browse-href.ts';

it.each([
  ['', {}, '/browse/media'],
  ['a/', {}, '/browse/media/a'],
  ['a b/c+d/', {}, '/browse/media/a%20b/c%2Bd'],
  ['2026/été #1?/', { sort: '-size', view: 'grid' }, '/browse/media/2026/%C3%A9t%C3%A9%20%231%3F?sort=-size&view=grid'],
  ['a//b/', {}, '/browse/media?path=a%2F%2Fb%2F'],
  ['../', {}, '/browse/media?path=..%2F'],
  ['100%/', {}, '/browse/media?path=100%25%2F'],
  ['a/', { sort: 'name', view: 'list', asset: '7' }, '/browse/media/a?view=list&asset=7'],
  [
    'a/',
    { at: '2026-11-06T15:40:00.000Z', differs: true },
    '/browse/media/a?at=2026-11-06T15%3A40%3A00.000Z&show=different',
  ],
  ['a/', { at: null, differs: true }, '/browse/media/a'],
] as const)('%s', (path, options, href) => {
  expect(browseHref('media', path, options)).toBe(href);
});

it('leads back to the same folder, whatever its name', () => {
  const segment = fc.string({ unit: 'grapheme', maxLength: 12 }).filter((text) => !text.includes('/'));
  fc.assert(
    fc.property(fc.array(segment, { maxLength: 5 }), (segments) => {
      const path = segments.map((each) => `${each}/`).join('');
      const url = new URL(browseHref('media', path), 'http://strata.test');
      const inAddress = url.pathname.split('/').slice(3);
      const given = url.searchParams.get('path') ?? undefined;
      expect(pathOfAddress(inAddress.length > 0 ? inAddress : undefined, given)).toBe(path);
    }),
  );
});
