import type { ClassLine, CostLine, PriceSheet, UsageRow, VersionAge } from './schema.ts';
import { GB, priceOf, tieredPrice } from './storage-price.ts';

export type Cost = {
  perMonth: number;
  byClass: ClassLine[];
  byFolder: (CostLine & { byAge: Record<string, number> })[];
  byKind: CostLine[];
  byAge: CostLine[];
};

/**
 * What holding this costs a month: bytes as billed in their class, the archive classes' own overhead, and the watching of
 * Intelligent-Tiering. Requests and traffic depend on use and are not in it.
 *
 * Tiers apply to the whole of a class; a cell pays its share of it, so that the parts add up to the whole.
 */
export function planCost(rows: UsageRow[], prices: PriceSheet): Cost {
  const rates = ratesByClass(rows, prices);
  const priced = rows.map((row) => ({ row, perMonth: priceRow(row, prices, rates) }));
  return {
    perMonth: priced.reduce((sum, one) => sum + one.perMonth, 0),
    byClass: group(priced, ({ storageClass }) => storageClass).map((line) => explain(line, rows, prices, rates)),
    byFolder: group(priced, ({ folder }) => folder).map((line) => ({ ...line, byAge: agesOf(priced, line.name) })),
    byKind: group(priced, ({ kind }) => kind),
    byAge: group(priced, ({ age }) => age),
  };
}

type Priced = { row: UsageRow; perMonth: number };

/** Price of a byte and month in each class, after its tiers. */
function ratesByClass(rows: UsageRow[], prices: PriceSheet): Map<string, number> {
  const totals = new Map<string, number>();
  const add = (name: string, bytes: number) => totals.set(name, (totals.get(name) ?? 0) + bytes);
  for (const row of rows) {
    const price = priceOf(prices, row.storageClass);
    add(row.storageClass, row.billedBytes + row.count * price.overheadBytes);
    if (price.overheadStandardBytes > 0) add('STANDARD', row.count * price.overheadStandardBytes);
  }
  return new Map(
    [...totals].map(([name, bytes]) => [name, bytes === 0 ? 0 : tieredPrice(priceOf(prices, name), bytes) / bytes]),
  );
}

function priceRow(row: UsageRow, prices: PriceSheet, rates: Map<string, number>): number {
  const price = priceOf(prices, row.storageClass);
  return (
    (row.billedBytes + row.count * price.overheadBytes) * (rates.get(row.storageClass) ?? 0) +
    row.count * price.overheadStandardBytes * (rates.get('STANDARD') ?? 0) +
    (row.count / 1000) * price.monitoringPer1000
  );
}

function group(priced: Priced[], nameOf: (row: UsageRow) => string): CostLine[] {
  const lines = new Map<string, CostLine>();
  for (const { row, perMonth } of priced) {
    const name = nameOf(row);
    const line = lines.get(name) ?? { name, count: 0, bytes: 0, perMonth: 0 };
    line.count += row.count;
    line.bytes += row.bytes;
    line.perMonth += perMonth;
    lines.set(name, line);
  }
  return [...lines.values()].sort((a, b) => b.perMonth - a.perMonth || (a.name < b.name ? -1 : 1));
}

function explain(line: CostLine, rows: UsageRow[], prices: PriceSheet, rates: Map<string, number>): ClassLine {
  const price = priceOf(prices, line.name);
  const billed = rows.reduce((sum, row) => sum + (row.storageClass === line.name ? row.billedBytes : 0), 0);
  return {
    ...line,
    paddingBytes: billed - line.bytes,
    overheadBytes: line.count * price.overheadBytes,
    overheadStandardBytes: line.count * price.overheadStandardBytes,
    perGb: (rates.get(line.name) ?? 0) * GB,
    watching: (line.count / 1000) * price.monitoringPer1000,
  };
}

function agesOf(priced: Priced[], folder: string): Record<VersionAge, number> {
  const ages: Record<VersionAge, number> = { live: 0, old: 0, trash: 0 };
  for (const { row, perMonth } of priced) if (row.folder === folder) ages[row.age] += perMonth;
  return ages;
}
