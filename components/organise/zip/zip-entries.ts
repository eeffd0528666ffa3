import { api, type OutputOf } from '#lib/http/api-client.ts';

export type Archive = OutputOf<'POST /libraries/{library}/archive'>;
export type ArchiveEntry = Archive['entries'][number];
type Input = Parameters<typeof api<'POST /libraries/{library}/archive'>>[1];
/** `at`: as it was at this moment, RFC 3339; null: now. */
export type ArchiveSource = { selection: Input['selection']; at: string | null };

/** Everything that a ZIP of a selection will hold. @throws ApiError */
export async function readArchive(library: string, { selection, at }: ArchiveSource): Promise<Archive> {
  const input: Input = { library, selection, ...(at === null ? {} : { at }) };
  const whole = await api('POST /libraries/{library}/archive', input);
  let { nextCursor } = whole;
  while (nextCursor !== null) {
    const page: Archive = await api('POST /libraries/{library}/archive', { ...input, cursor: nextCursor });
    whole.entries.push(...page.entries);
    nextCursor = page.nextCursor;
  }
  return whole;
}
