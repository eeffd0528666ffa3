'use client';

import { Check, CircleHelp, Info, TriangleAlert, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Badge, type Tone } from '#components/ui/badge.tsx';
import { formatBytes, formatPlural } from '#components/ui/format.ts';
import type { BucketProbe, Finding } from '#lib/libraries/schema.ts';

const verdicts: Record<Finding['verdict'], { tone: Tone; icon: ReactNode; word: string }> = {
  pass: { tone: 'success', icon: <Check />, word: 'Yes' },
  fail: { tone: 'danger', icon: <X />, word: 'No' },
  warning: { tone: 'warning', icon: <TriangleAlert />, word: 'No' },
  unknown: { tone: 'plain', icon: <CircleHelp />, word: 'Unknown' },
  note: { tone: 'plain', icon: <Info />, word: 'Note' },
};

/** What the look at a bucket found: its size, then each thing with its verdict. */
export function FindingList({ probe }: { probe: BucketProbe }) {
  const place = probe.rootPrefix ? `${probe.bucket}/${probe.rootPrefix}` : probe.bucket;
  return (
    <section aria-labelledby="found" aria-live="polite" className="grid gap-2">
      <h2 id="found" className="text-title">
        What is in <bdi className="font-mono text-[0.875rem]">{place}</bdi>
      </h2>
      {probe.size && <p className="text-fg-2 tabular-nums">{sizeWords(probe.size)}</p>}
      <ul className="border-t border-line">
        {probe.findings.map(({ key, verdict, label, detail }) => (
          <li key={key} className="grid grid-cols-[92px_minmax(0,1fr)] items-start gap-x-3 border-b border-line py-2">
            <span>
              <Badge tone={verdicts[verdict].tone} icon={verdicts[verdict].icon}>
                {verdicts[verdict].word}
              </Badge>
            </span>
            <span>
              <span className="block text-label">{label}</span>
              <span className="block text-fg-2 [overflow-wrap:anywhere]">{detail}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function sizeWords({ files, versions, bytes, complete }: NonNullable<BucketProbe['size']>): string {
  if (versions === 0) return 'It is empty.';
  const what = `${formatPlural(files, 'file')} with ${formatPlural(versions, 'version')}, ${formatBytes(bytes)}`;
  return complete ? `${what}.` : `More than ${what}. All of it is counted while it is indexed.`;
}
