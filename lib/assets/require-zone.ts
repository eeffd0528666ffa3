import { db } from '#lib/db.ts';

const known = new Map<string, Promise<string>>();
/** There are about 600; what a caller makes up must not fill the memory. */
const mostKept = 1_000;

/** A time zone that Postgres knows by this name, else UTC. Asked once a zone: the view reads the files of all of them. */
export function requireZone(zone: string): Promise<string> {
  if (zone === 'UTC') return Promise.resolve(zone);
  let answer = known.get(zone);
  if (!answer) {
    if (known.size >= mostKept) known.clear();
    answer = db().$queryRaw<{ name: string }[]>`SELECT "name" FROM pg_timezone_names WHERE "name" = ${zone}`.then(
      ([row]) => row?.name ?? 'UTC',
    );
    known.set(zone, answer);
    answer.catch(() => known.delete(zone));
  }
  return answer;
}
