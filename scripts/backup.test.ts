import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const read = (path: string) => readFileSync(join(import.meta.dirname, '..', path), 'utf8');

it('leaves exactly the tables of the index out of the dump', () => {
  const schema = read('prisma/schema.prisma');
  const models = [...schema.matchAll(/^\/\/\/ (INDEX|RECORD)\.[^\n]*\n(?:\/\/\/[^\n]*\n)*model (\w+)/gm)];
  expect(models).toHaveLength([...schema.matchAll(/^model \w+/gm)].length);
  const index = models.flatMap(([, kind, name]) => (kind === 'INDEX' ? [name] : []));
  const left = [...read('docs/backup.md').matchAll(/--exclude-table-data='"(\w+)"'/g)].map(([, name]) => name);
  expect(left.toSorted()).toEqual(index.toSorted());
});
