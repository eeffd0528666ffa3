import { db } from '#lib/db.ts';

/** Names of people by id, as they are now; nobody's id is left out. */
export async function namesOf(ids: (bigint | null)[]): Promise<Map<bigint, string>> {
  const known = [...new Set(ids.filter((id) => id !== null))];
  const people = await db().user.findMany({ where: { id: { in: known } }, select: { id: true, name: true } });
  return new Map(people.map(({ id, name }) => [id, name]));
}
