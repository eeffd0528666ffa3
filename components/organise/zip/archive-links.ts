import { api } from '#lib/http/api-client.ts';
import type { ArchiveEntry } from './zip-entries.ts';

/** Links asked for at once. They live for ten minutes; those of files that take longer are asked for again. */
const linksAtOnce = 50;
/** Milliseconds that a link must still live when its file is begun. */
const linkMargin = 60_000;

type Link = { url: string; expiresAt: number } | { refused: string };

/**
 * Links just in time, those of the next files together: whoever asks for one that is on its way waits for it.
 * @returns the link of the entry at a place; its promise rejects with what the app said about this file
 */
export function createArchiveLinks(library: string, entries: readonly ArchiveEntry[]): (at: number) => Promise<string> {
  let known = new Map<number, Promise<Link>>();

  function ask(from: number): void {
    const wanted: { at: number; id: string; versionId: string }[] = [];
    for (let at = from; at < entries.length && wanted.length < linksAtOnce; at++) {
      const entry = entries[at];
      if (entry?.id && entry.versionId) wanted.push({ at, id: entry.id, versionId: entry.versionId });
    }
    const items = wanted.map(({ id, versionId }) => ({ id, versionId }));
    const answer = api('POST /libraries/{library}/archive/links', { library, items });
    // Those behind are not asked for again.
    known = new Map([...known].filter(([at]) => at >= from));
    for (const [index, { at }] of wanted.entries())
      known.set(
        at,
        answer.then(({ results }) => toLink(results[index])),
      );
  }

  return async function linkOf(at: number): Promise<string> {
    for (let asked = false; ; asked = true) {
      if (!known.has(at)) ask(at);
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
