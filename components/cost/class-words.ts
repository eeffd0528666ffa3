import { formatBytes, formatMoney } from '#components/ui/format.ts';
import type { ClassLine } from '#lib/cost/schema.ts';

/** What a class costs is the sum of: "4.2 GB at $0.0125 a GB, 1.1 MB more since small files are billed as larger". */
export function madeOfClass(line: ClassLine): string {
  const { bytes, paddingBytes, overheadBytes, overheadStandardBytes, perGb, watching } = line;
  return [
    `${formatBytes(bytes)} at ${perGbWords(perGb)} a GB`,
    paddingBytes > 0 && `${formatBytes(paddingBytes)} more since small files are billed as larger`,
    overheadBytes > 0 && `${formatBytes(overheadBytes)} more for its own index`,
    overheadStandardBytes > 0 && `${formatBytes(overheadStandardBytes)} of names at the price of Standard`,
    watching > 0 && `${formatMoney(watching)} for watching`,
  ]
    .filter((part) => part !== false)
    .join(', ');
}

/** Unit prices have more than cents: "$0.085". */
export const perGbWords = (money: number) => `$${money.toLocaleString('en-US', { maximumFractionDigits: 5 })}`;
