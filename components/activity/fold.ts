import type { ActivityEntry } from '#lib/audit/schema.ts';

/** One row of the activity: an entry, and those like it that fold into it ("and 11 more"), newest first. */
export type FoldedEntry = { head: ActivityEntry; more: ActivityEntry[] };

/** Milliseconds between two uploads that still belong together. */
const together = 10 * 60_000;

/** Uploads of one person into one folder that follow each other closely are one row. Everything else stands alone. */
export function foldActivity(entries: readonly ActivityEntry[]): FoldedEntry[] {
  const rows: FoldedEntry[] = [];
  for (const entry of entries) {
    const row = rows.at(-1);
    if (row && foldsInto(row, entry)) row.more.push(entry);
    else rows.push({ head: entry, more: [] });
  }
  return rows;
}

function foldsInto({ head, more }: FoldedEntry, entry: ActivityEntry): boolean {
  if (head.data.type !== 'upload.completed' || entry.data.type !== 'upload.completed') return false;
  if (head.by.id !== entry.by.id || head.data.replaced !== entry.data.replaced) return false;
  if (folderOf(head.path) !== folderOf(entry.path)) return false;
  const last = more.at(-1) ?? head;
  return Date.parse(last.at) - Date.parse(entry.at) <= together;
}

const folderOf = (path: string | null) => (path ?? '').slice(0, (path ?? '').lastIndexOf('/') + 1);
