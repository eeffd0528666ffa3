'use client';

import clsx from 'clsx';
import { planJsonDiff } from './plan-json-diff.ts';

/** Two documents as JSON, line by line: what goes, what comes, what stays. */
export function JsonDiff({ before, after }: { before: unknown; after: unknown }) {
  return (
    <section
      aria-label="The document before and after"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard
      tabIndex={0}
      className="focus-inset max-h-80 overflow-auto rounded-3 border border-line bg-sunken py-2 type-code"
    >
      {planJsonDiff(before, after).map((part, index) => (
        <pre
          // biome-ignore lint/suspicious/noArrayIndexKey: parts have no other name and never move
          key={index}
          className={clsx(
            'px-3 whitespace-pre-wrap',
            part.added && 'bg-success-soft text-success-text',
            part.removed && 'bg-danger-soft text-danger-text',
          )}
        >
          <span className="sr-only">{part.added ? 'Added: ' : part.removed ? 'Removed: ' : ''}</span>
          {part.value
            .replace(/\n$/, '')
            .split('\n')
            .map((line) => `${part.added ? '+' : part.removed ? '-' : ' '} ${line}`)
            .join('\n')}
        </pre>
      ))}
    </section>
  );
}
