import { expect, test } from 'vitest';
import { isCurrent } from './nav-data.ts';

test.each([
  ['/trash/media', { href: '/trash/media' }, true],
  ['/trash/media/', { href: '/trash/media' }, true],
  ['/browse/media/2026/lakes', { href: '/browse/media' }, true],
  // a name that only begins alike
  ['/browse/media-2', { href: '/browse/media' }, false],
  ['/browse/media/2026', { href: '/browse/media', exact: true }, false],
  ['/activity/media', { href: '/activity/media?by=me' }, true],
  ['/uploads', { href: '/trash/media' }, false],
])('at %s, %o is current: %s', (pathname, item, current) => expect(isCurrent(pathname, item)).toBe(current));
