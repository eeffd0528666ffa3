import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectRoot } from './paths.mjs';

/**
 * Migrations run while replicas of the version before still work (docs/deployment.md): they add, and neither take away nor rename what that
 * version reads and writes. What is not used any more is dropped two versions later, by a migration that is named here.
 */
const dropsOnPurpose: string[] = [];
const takesAway =
  /\bDROP\s+(TABLE|COLUMN|TYPE|SCHEMA)\b|\bRENAME\s+(TO|COLUMN|VALUE)\b|\bALTER\s+COLUMN\s+"?\w+"?\s+(SET\s+DATA\s+)?TYPE\b|\bTRUNCATE\b/i;
const folder = join(projectRoot, 'prisma/migrations');
const names = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);

/** SQL without comments. */
const sqlOf = (name: string) =>
  readFileSync(join(folder, name, 'migration.sql'), 'utf8')
    .replace(/--.*$/gm, '')
    .replace(/\/\*[\s\S]*?\*\//g, '');

describe('migrations', () => {
  it.each(names)('%s leaves what the version before uses', (name) => {
    if (dropsOnPurpose.includes(name)) return;
    expect(sqlOf(name)).not.toMatch(takesAway);
  });

  it.each(names)('%s gives a column that must not be empty a default', (name) => {
    for (const [column] of sqlOf(name).matchAll(/ADD COLUMN[^,;]*NOT NULL[^,;]*/gi)) expect(column).toMatch(/DEFAULT/i);
  });
});
