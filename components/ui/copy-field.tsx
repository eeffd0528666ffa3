'use client';

import { Check, Copy } from 'lucide-react';
import { useId, useRef, useState } from 'react';
import { announce } from '#components/shell/announce.ts';
import { Button } from './button.tsx';
import { FIELD_CLASS } from './input.tsx';

export interface CopyFieldProps {
  label: string;
  value: string;
  /** Under the field: "Shown once. Store it now." */
  hint?: string;
}

/** A value to take away: a token, a link, a request id. It is selected by focus and copied by one click. */
export function CopyField({ label, value, hint }: CopyFieldProps) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [state, setState] = useState<'idle' | 'copied' | 'refused'>('idle');
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(value);
      setState('copied');
      announce(`${label} copied`);
    } catch {
      // No clipboard without a secure context or permission: the selected text can be copied by hand.
      input.current?.select();
      setState('refused');
    }
  };
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="text-label text-fg">
        {label}
      </label>
      <div className="flex gap-2">
        <input
          id={id}
          ref={input}
          readOnly
          value={value}
          spellCheck={false}
          autoComplete="off"
          aria-describedby={`${id}-hint`}
          onFocus={({ currentTarget }) => {
            currentTarget.select();
            // A dialog that gives the focus selects too, and the end comes into view.
            requestAnimationFrame(() => currentTarget.scrollTo({ left: 0 }));
          }}
          className={`${FIELD_CLASS} h-8 border-edge bg-sunken px-2.5 type-code max-sm:h-11`}
        />
        <Button size="field" icon={state === 'copied' ? <Check /> : <Copy />} onClick={copy} className="min-w-24">
          {state === 'copied' ? 'Copied' : 'Copy'}
        </Button>
      </div>
      <p id={`${id}-hint`} className="text-meta text-fg-3">
        {state === 'refused'
          ? 'The browser did not allow copying. The text is selected: copy it with the keyboard.'
          : hint}
      </p>
    </div>
  );
}
