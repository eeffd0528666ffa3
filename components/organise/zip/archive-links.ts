import { api } from '#lib/http/api-client.ts';
import type { ArchiveEntry } from './zip-entries.ts';

/** Links asked for at once. They live for ten minutes; those of files that take longer are asked for again. */
const linksAtOnce = 50;
/** The next ones are asked for when so many are left, so that no file waits for the app. */
const linksLeft = 25;
/** Milliseconds that a link must still live when its file is begun. */
const linkMargin = 60_000;

type Link = { url: string; expiresAt: number } | { refused: string };

/**
 * Links shortly before they are needed, those of the next files together: whoever asks for one that is on its way waits for it.
 * @returns the link of the entry at a place; its promise rejects with what the app said about this file
 */
export function createArchiveLinks(library: string, entries: readonly ArchiveEntry[]): (at: number) => Promise<string> {
  let known = new Map<number, Promise<Link>>();
  /** Up to here all were asked for. */
  let askedTo = 0;

  function ask(from: number): void {
    const wanted: { at: number; id: string; versionId: string }[] = [];
    let to = from;
    for (; to < entries.length && wanted.length < linksAtOnce; to++) {
      const entry = entries[to];
      if (entry?.id && entry.versionId) wanted.push({ at: to, id: entry.id, versionId: entry.versionId });
    }
    askedTo = Math.max(askedTo, to);
    if (wanted.length === 0) return;
    const items = wanted.map(({ id, versionId }) => ({ id, versionId }));
    const answer = api('POST /libraries/{library}/archive/links', { library, items });
    // Those far behind are not asked for again.
    known = new Map([...known].filter(([at]) => at >= from - 2 * linksAtOnce));
    for (const [index, { at }] of wanted.entries()) {
      const link = answer.then(({ results }) => toLink(results[index]));
      // Told when its turn comes, if it ever does.
      link.catch(() => undefined);
      known.set(at, link);
    }
  }

  return async function linkOf(at: number): Promise<string> {
    for (let asked = false; ; asked = true) {
      if (!known.has(at)) ask(at);
      if (at + linksLeft >= askedTo && askedTo < entries.length) ask(askedTo);
      const link = await known.get(at)?.catch((error) => {
        known.delete(at);
        throw error;
      });
      if (link && 'url' in link && (asked || link.expiresAt - Date.now() > linkMargin)) return link.url;
      if (link && 'refused' in link) throw new Error(`${entries[at]?.name}: ${link.refused}`);
      known.delete(at);
    }
  };
}

type Result = Awaited<ReturnType<typeof api<'POST /libraries/{library}/archive/links'>>>['results'][number];

function toLink(result: Result | undefined): Link {
  if (result?.ok) return { url: result.url, expiresAt: Date.parse(result.expiresAt) };
  return { refused: result?.error.detail ?? 'The app gave no link for it.' };
}
