/** One `<Version>` or `<DeleteMarker>` of an answer to ListObjectVersions: its fields as text, by element name. */
export type RawEntry = { kind: 'Version' | 'DeleteMarker'; fields: Record<string, string> };
export type RawListing = {
  /** In the order of the document, which mixes versions and markers (s3-facts 3.4, 3.5). */
  entries: RawEntry[];
  /** Fields of the listing itself, as `IsTruncated`. */
  fields: Record<string, string>;
};

/** The listing did not end, or is no listing: nothing of it may be used. */
export class UnreadableListing extends Error {
  /** As Node names a peer that breaks the protocol: `toStoreError` makes it "the store does not answer". */
  readonly code = 'EPROTO';
}

/** Elements that hold others inside an entry, as `<Owner>`, are stepped over. */
const [listingLevel, entryLevel] = [1, 2];

/**
 * Reads an answer to ListObjectVersions. The SDK's own parser takes five times as long, most of the processor time of a comparison, and
 * hands out two lists, which loses the order that says what is newest [measured with scripts/bench/reconcile.mjs].
 * Knows what S3 writes: elements and text. Attributes are stepped over; comments, CDATA and entities of one's own are refused.
 * @throws UnreadableListing when the document is something else, or is cut off
 */
export function parseVersionsListing(xml: string): RawListing {
  const listing: RawListing = { entries: [], fields: {} };
  let entry: RawEntry | null = null;
  let depth = 0;
  /** Behind the last opening tag, while nothing but text has followed it; else -1. */
  let textFrom = -1;
  let at = xml.indexOf('<');
  while (at !== -1) {
    const close = xml.indexOf('>', at);
    if (close === -1) throw new UnreadableListing('The listing is cut off inside a tag.');
    const first = xml.charCodeAt(at + 1);
    if (first === slash) {
      depth -= 1;
      if (textFrom !== -1) {
        const text = xml.slice(textFrom, at);
        if (depth === entryLevel && entry) entry.fields[xml.slice(at + 2, close)] = decodeEntities(text);
        else if (depth === listingLevel) listing.fields[xml.slice(at + 2, close)] = decodeEntities(text);
      }
      textFrom = -1;
      if (depth === listingLevel) entry = null;
      if (depth === 0) return listing;
    } else if (first === exclamation) {
      throw new UnreadableListing('The listing holds what no store is known to write.');
    } else if (first !== question) {
      const name = tagName(xml, at + 1, close);
      if (depth === 0 && name !== 'ListVersionsResult') throw new UnreadableListing(`The store answered <${name}>.`);
      const isEmpty = xml.charCodeAt(close - 1) === slash;
      if (depth === listingLevel && !isEmpty && (name === 'Version' || name === 'DeleteMarker')) {
        entry = { kind: name, fields: {} };
        listing.entries.push(entry);
      }
      if (!isEmpty) depth += 1;
      else if (depth === entryLevel && entry) entry.fields[name] = '';
      else if (depth === listingLevel) listing.fields[name] = '';
      textFrom = isEmpty ? -1 : close + 1;
    }
    at = xml.indexOf('<', close + 1);
  }
  throw new UnreadableListing('The listing is cut off.');
}

const [slash, exclamation, question, space] = [47, 33, 63, 32];

/** Up to the first white space, "/" or ">". */
function tagName(xml: string, from: number, to: number): string {
  let end = from;
  while (end < to && xml.charCodeAt(end) > space && xml.charCodeAt(end) !== slash) end += 1;
  return xml.slice(from, end);
}

const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Text between elements: the five entities of XML and references by number. @throws UnreadableListing for another entity */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w+));/gi, (_, hex, decimal, name: string) => {
    if (hex ?? decimal) return String.fromCodePoint(hex ? Number.parseInt(hex, 16) : Number(decimal));
    const found = named[name];
    if (found === undefined) throw new UnreadableListing(`The listing holds the unknown entity ${name}.`);
    return found;
  });
}
