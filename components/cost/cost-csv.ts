import type { CostView } from '#lib/cost/schema.ts';

/** Every figure of the page as rows; names are quoted, since folders may hold commas and quotes. */
export function costCsv(cost: CostView): string {
  const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const section = (by: string, lines: { name: string; count: number; bytes: number; perMonth: number }[]) =>
    lines.map(({ name, count, bytes, perMonth }) => [by, quote(name), count, bytes, perMonth].join(','));
  return [
    'by,name,versions,bytes,per month',
    ...section('class', cost.byClass),
    ...section('folder', cost.byFolder),
    ...section('kind', cost.byKind),
    ...section('age', cost.byAge),
    ...section('leftover', [cost.leftovers.uploads, cost.leftovers.markers, cost.leftovers.unknown]),
    ...section(
      'running',
      cost.running.lines.map(({ requests, ...line }) => ({ ...line, count: requests })),
    ),
  ].join('\n');
}
