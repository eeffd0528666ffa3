import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentDisposition } from './content-disposition.ts';

/** What a browser makes of filename*. */
const nameOf = (header: string) => decodeURIComponent(/filename\*=UTF-8''(\S+)$/.exec(header)?.[1] ?? '');

describe('contentDisposition', () => {
  it.each([
    ['plain.jpg', 'attachment; filename="plain.jpg"; filename*=UTF-8\'\'plain.jpg'],
    ['a "quoted" one.jpg', 'attachment; filename="a _quoted_ one.jpg"; filename*=UTF-8\'\'a%20%22quoted%22%20one.jpg'],
    ['Füße.jpg', 'attachment; filename="Fu_e.jpg"; filename*=UTF-8\'\'F%C3%BC%C3%9Fe.jpg'],
    ['😀.png', 'attachment; filename="_.png"; filename*=UTF-8\'\'%F0%9F%98%80.png'],
    ["it's (1)*.txt", "attachment; filename=\"it's (1)*.txt\"; filename*=UTF-8''it%27s%20%281%29%2A.txt"],
    ['100%.txt', 'attachment; filename="100_.txt"; filename*=UTF-8\'\'100%25.txt'],
  ])('%j', (name, header) => {
    expect(contentDisposition('attachment', name)).toBe(header);
  });

  it('lets no line break, path or direction override through', () => {
    expect(nameOf(contentDisposition('inline', 'a\r\nSet-Cookie: x=1.txt'))).toBe('a  Set-Cookie: x=1.txt');
    expect(nameOf(contentDisposition('inline', '../etc\\passwd'))).toBe('.._etc_passwd');
    expect(nameOf(contentDisposition('inline', 'invoice\u202egpj.exe'))).toBe('invoicegpj.exe');
  });

  it('names what has no name', () => {
    expect(nameOf(contentDisposition('inline', ''))).toBe('download');
    expect(nameOf(contentDisposition('inline', '\u202e\n'))).toBe('download');
  });

  it('keeps right-to-left letters', () => {
    expect(nameOf(contentDisposition('inline', 'שלום.jpg'))).toBe('שלום.jpg');
  });

  it('is one line of visible ASCII with two quotes, for any name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        const header = contentDisposition('attachment', name);
        expect(header).toMatch(/^[\x20-\x7e]+$/);
        expect(header.split('"')).toHaveLength(3);
      }),
    );
  });
});
