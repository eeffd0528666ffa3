import { afterEach, expect, it, vi } from 'vitest';
import { createArchiveLinks } from './archive-links.ts';
import type { ArchiveEntry } from './zip-entries.ts';

afterEach(() => vi.unstubAllGlobals());

it('asks for the next links before the last of the known ones is used, and for each once', async () => {
  const asked: string[][] = [];
  vi.stubGlobal('fetch', async (_: string, { body }: { body: string }) => {
    const { items } = JSON.parse(body) as { items: { id: string }[] };
    asked.push(items.map(({ id }) => id));
    const expiresAt = new Date(Date.now() + 600_000).toISOString();
    return Response.json({ results: items.map(({ id }) => ({ ok: true, url: `https://store/${id}`, expiresAt })) });
  });
  const entries = Array.from(
    { length: 120 },
    // Every tenth is an empty folder, which needs no link.
    (_, at): ArchiveEntry => ({
      id: at % 10 === 9 ? null : String(at),
      versionId: at % 10 === 9 ? null : 'v',
      name: `f${at}`,
      size: 1,
      modifiedAt: '2026-11-26T00:00:00Z',
    }),
  );
  const linkOf = createArchiveLinks('library', entries);
  for (let at = 0; at < 24; at++) if (entries[at]?.id) expect(await linkOf(at)).toBe(`https://store/${at}`);
  expect(asked.length).toBe(1);
  for (let at = 24; at < 50; at++) if (entries[at]?.id) await linkOf(at);
  expect(asked.length).toBe(2);
  for (let at = 50; at < 120; at++) if (entries[at]?.id) expect(await linkOf(at)).toBe(`https://store/${at}`);
  expect(asked.flat()).toEqual(entries.flatMap(({ id }) => id ?? []));
});
