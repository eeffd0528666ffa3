import clsx from 'clsx';
import { Check, Minus, X } from 'lucide-react';
import type { ProbeStep } from '#lib/guardrails/schema.ts';

/** What was tried, what came of it, and the request itself. */
export function ProbeSteps({ steps }: { steps: ProbeStep[] }) {
  return (
    <ol className="overflow-hidden rounded-3 border border-line">
      {steps.map((step, index) => (
        <li
          // biome-ignore lint/suspicious/noArrayIndexKey: steps are told in their order and have no other name
          key={index}
          className="flex min-h-11.5 items-center gap-2.5 px-2.5 py-1.5 not-first:border-t not-first:border-line"
        >
          <Mark ok={step.ok} />
          <span className="min-w-0 flex-1">
            <span className={clsx('block', step.ok === null ? 'text-fg-2' : 'text-label')}>
              {step.text}
              {step.from === 'browser' && <span className="text-fg-3"> (this browser)</span>}
            </span>
            {step.request && (
              <code className="block truncate text-[11px] leading-[15px] text-fg-3" title={step.request}>
                {step.request}
              </code>
            )}
          </span>
          {step.ms > 0 && <span className="flex-none text-meta text-fg-3 tabular-nums">{step.ms} ms</span>}
        </li>
      ))}
    </ol>
  );
}

function Mark({ ok }: { ok: boolean | null }) {
  const Icon = ok === null ? Minus : ok ? Check : X;
  const tone =
    ok === null ? 'bg-press text-fg-3' : ok ? 'bg-success-soft text-success-text' : 'bg-danger-soft text-danger-text';
  return (
    <span className={clsx('grid size-4.5 flex-none place-items-center rounded-full', tone)}>
      <Icon aria-hidden="true" className="size-3" />
      <span className="sr-only">{ok === null ? '' : ok ? 'As it should be: ' : 'Not as it should be: '}</span>
    </span>
  );
}
