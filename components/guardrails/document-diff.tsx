import clsx from 'clsx';
import { type DiffLine, planDiff } from './plan-diff.ts';

const TONES = {
  same: 'text-fg-2',
  added: 'bg-success-soft text-fg shadow-[inset_2px_0_0_var(--success)]',
  removed: 'bg-danger-soft text-fg shadow-[inset_2px_0_0_var(--danger)]',
};
const SIGNS = { same: ' ', added: '+', removed: '-' };
const SPOKEN = { same: '', added: 'Added: ', removed: 'Removed: ' };

/** The exact difference of a document, with line numbers; what stays far from it is folded. */
export function DocumentDiff({ label, before, after }: { label: string; before: unknown; after: unknown }) {
  return (
    <section
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard
      tabIndex={0}
      className="focus-inset overflow-x-auto rounded-3 border border-line bg-sunken py-2 type-code"
    >
      <div className="w-max min-w-full">
        {planDiff(before, after).map((line) => (
          <Line key={line.kind === 'gap' ? `gap-${line.hidden}` : `${line.kind}-${line.number}`} line={line} />
        ))}
      </div>
    </section>
  );
}

function Line({ line }: { line: DiffLine }) {
  if (line.kind === 'gap')
    return (
      <p className="pl-10 text-fg-3">
        {line.hidden} {line.hidden === 1 ? 'line' : 'lines'} unchanged
      </p>
    );
  return (
    <pre className={clsx('flex pr-3', TONES[line.kind])}>
      <span aria-hidden="true" className="w-8.5 flex-none pr-3 text-right text-fg-3 select-none">
        {line.number}
      </span>
      <span className="sr-only">{SPOKEN[line.kind]}</span>
      <span aria-hidden="true" className="w-4 flex-none select-none">
        {SIGNS[line.kind]}
      </span>
      <Coloured text={line.text} />
    </pre>
  );
}

/** Names and strings of one line of JSON in their colours. */
function Coloured({ text }: { text: string }) {
  const parts = text.split(/("(?:[^"\\]|\\.)*"(?:\s*:)?)/);
  return (
    <code>
      {parts.map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: parts of a line have no other name and never move
        <span key={index} className={colourOf(part)}>
          {part}
        </span>
      ))}
    </code>
  );
}

function colourOf(part: string): string | undefined {
  if (!part.startsWith('"')) return undefined;
  return part.endsWith(':') ? 'text-code-key' : 'text-code-string';
}
