import { PencilLine } from 'lucide-react';
import { Button } from '#components/ui/button.tsx';
import { formatBytes, formatCount, formatMoney, formatPlural } from '#components/ui/format.ts';
import type { RunningCost } from '#lib/cost/schema.ts';
import { CostHead } from './cost-head.tsx';

type Line = RunningCost['lines'][number];

/** Requests and traffic: what each figure is made of, and what CloudFront saves. */
export function RunningTable({ running, onUse }: { running: RunningCost; onUse: () => void }) {
  const { lines, use, viaCloudFront, cloudFrontSaves } = running;
  return (
    <section aria-label="Requests and traffic" className="min-w-0">
      <div className="flex h-8 items-center gap-2">
        <h2 className="min-w-0 flex-1 text-ui font-semibold">
          Requests and traffic{' '}
          <span className="font-normal text-fg-3 tabular-nums">{formatMoney(running.perMonth)}</span>
        </h2>
        <Button variant="quiet" icon={<PencilLine />} className="-mr-2" onClick={onUse}>
          {use ? 'Expected reading' : 'Say what is read'}
        </Button>
      </div>
      <table className="w-full border-collapse text-meta tabular-nums">
        <CostHead columns={['What, and of what', 'Requests', 'A month']} />
        <tbody>
          {lines.map((line) => (
            <tr key={line.name} className="border-b border-line">
              <th scope="row" className="py-1.5 pr-2 text-left font-normal">
                {names[line.name]}
                <span className="block text-fg-3">{madeOf(line, viaCloudFront)}</span>
              </th>
              <td className="text-right align-top leading-7">{line.requests > 0 ? formatCount(line.requests) : ''}</td>
              <td className="pl-2 text-right align-top leading-7 whitespace-nowrap">{formatMoney(line.perMonth)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="mt-2 text-meta text-fg-3">
        {cloudFrontSaves !== null && <>{cloudFrontWords(cloudFrontSaves, viaCloudFront)} </>}
        {use ? '' : 'Bytes go from the store to people past Strata, so reading is counted only as you expect it. '}
        Free allowances of an account are not taken off.
      </p>
    </section>
  );
}

const names: Record<Line['name'], string> = {
  uploads: 'Uploads',
  changes: 'Changes',
  comparing: 'Comparing with the index',
  reading: 'Reading',
  traffic: 'Traffic',
};

function madeOf({ name, count, bytes }: Line, viaCloudFront: boolean): string {
  switch (name) {
    case 'uploads':
      return `${formatPlural(count, 'upload')} in the last 30 days, each written and checked`;
    case 'changes':
      return `${formatPlural(count, 'file')} changed in the last 30 days, each copied or marked and looked at`;
    case 'comparing':
      return 'A listing of all versions every hour';
    case 'reading':
      return `${formatPlural(count, 'download')} as you expect, from the classes as they are filled`;
    case 'traffic':
      return `${formatBytes(bytes)} as you expect, ${viaCloudFront ? 'through CloudFront' : 'straight from the store'}`;
  }
}

/** "CloudFront saves $1.20 of traffic a month." It may cost more, by another sheet. */
function cloudFrontWords(saves: number, viaCloudFront: boolean): string {
  const less = saves >= 0;
  const verb = viaCloudFront ? (less ? 'saves' : 'adds') : less ? 'would save' : 'would add';
  return `CloudFront ${verb} ${formatMoney(Math.abs(saves))} of traffic a month, what its cache spares the store not counted.`;
}
