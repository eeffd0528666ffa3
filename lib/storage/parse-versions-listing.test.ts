import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseVersionsListing, UnreadableListing } from './parse-versions-listing.ts';

const whole = (inside: string) =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<ListVersionsResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${inside}</ListVersionsResult>`;

describe('parseVersionsListing', () => {
  it('keeps the order of versions and markers, and the fields of each', () => {
    const { entries, fields } = parseVersionsListing(
      whole(
        '<Name>media</Name><Prefix/><IsTruncated>true</IsTruncated>' +
          '<DeleteMarker><Key>a</Key><VersionId>d1</VersionId></DeleteMarker>' +
          '<Version><Key>a</Key><VersionId>v1</VersionId><ETag>&quot;e&#34;</ETag><Size>5</Size></Version>' +
          '<DeleteMarker><Key>b</Key><VersionId>d2</VersionId></DeleteMarker>',
      ),
    );
    expect(fields).toEqual({ Name: 'media', Prefix: '', IsTruncated: 'true' });
    expect(entries).toEqual([
      { kind: 'DeleteMarker', fields: { Key: 'a', VersionId: 'd1' } },
      { kind: 'Version', fields: { Key: 'a', VersionId: 'v1', ETag: '"e"', Size: '5' } },
      { kind: 'DeleteMarker', fields: { Key: 'b', VersionId: 'd2' } },
    ]);
  });

  it('takes nothing from deeper elements for a field of the entry', () => {
    const { entries } = parseVersionsListing(
      whole(
        '<Version>\n  <Owner><ID>1</ID><Key>of the owner</Key></Owner>\n  <Key>a</Key>' +
          '<RestoreStatus><IsRestoreInProgress>false</IsRestoreInProgress></RestoreStatus><StorageClass/></Version>' +
          '<CommonPrefixes><Prefix>p/</Prefix></CommonPrefixes>',
      ),
    );
    expect(entries).toEqual([{ kind: 'Version', fields: { Key: 'a', StorageClass: '' } }]);
  });

  it.each([
    ['cut off between entries', whole('<Version><Key>a</Key></Version>').slice(0, -25)],
    ['cut off inside a tag', '<ListVersionsResult><Versi'],
    ['another document', '<Error><Code>InternalError</Code></Error>'],
    ['nothing', ''],
    ['a comment', whole('<!-- x -->')],
    ['an entity of its own', whole('<Name>&own;</Name>')],
  ])('refuses %s', (_, xml) => expect(() => parseVersionsListing(xml)).toThrow(UnreadableListing));

  it('gives back any text that was written', () => {
    const inXml = (text: string) =>
      text.replace(/[<>&"]/g, (sign) => ({ '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&#x22;' })[sign] as string);
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme', minLength: 1 })), (keys) => {
        const xml = whole(keys.map((key) => `<Version><Key>${inXml(key)}</Key></Version>`).join(''));
        expect(parseVersionsListing(xml).entries.map(({ fields }) => fields.Key)).toEqual(keys);
      }),
    );
  });
});
