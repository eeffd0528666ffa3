import type * as z from 'zod';
import { formatPercent, formatPlural } from '#components/ui/format.ts';
import type { indexAge } from '#lib/assets/schema.ts';
import { lagWords } from './lag-words.ts';

/** `at`: a time that belongs behind the text. It is drawn in the browser, whose clock and zone the server does not know. */
export type IndexLine = { tone: 'success' | 'warning' | 'danger' | 'accent'; text: string; at?: string };

type Age = Pick<z.output<typeof indexAge>, 'state' | 'lagSeconds' | 'checkedAt' | 'differences'>;

/** Over this the index is late, and its dot says so. */
const lateSeconds = 60;

/** How far the index of a library may be trusted, in a line: what is known to be wrong comes before how fresh the rest is. */
export function indexLine(index: Age & { progress?: number | null }): IndexLine {
  if (index.state === 'indexing')
    return { tone: 'warning', text: index.progress ? `${formatPercent(index.progress)} indexed` : 'Being indexed' };
  if (index.differences > 0)
    return { tone: 'warning', text: `${formatPlural(index.differences, 'difference')} to repair` };
  if (index.lagSeconds === null && index.checkedAt)
    return { tone: index.state === 'stale' ? 'warning' : 'success', text: 'Last checked', at: index.checkedAt };
  const lag = index.lagSeconds ?? 0;
  return { tone: lag > lateSeconds ? 'warning' : 'success', text: lagWords(lag) };
}
