import clsx from 'clsx';
import type { ComponentProps, ReactNode } from 'react';

/** The look of a text field, for what is not an `<input>`. 16 px text on phones, where iOS zooms below it. */
export const FIELD_CLASS =
  'w-full min-w-0 rounded-2 border bg-sheet text-ui text-fg transition-[border-color] duration-instant placeholder:text-fg-3 max-sm:text-[1rem]';

export interface InputProps extends ComponentProps<'input'> {
  /** 32 in forms, 28 in bars, 36 on sign-in; 44 on a phone. */
  height?: 'control' | 'field' | 'large';
  invalid?: boolean;
  /** An icon inside, at the start. */
  lead?: ReactNode;
  /** A control inside, at the end (show password, clear). */
  trail?: ReactNode;
  /** In a bar or a well, where a strong outline would shout. */
  quiet?: boolean;
}

const HEIGHTS = { control: 'h-7', field: 'h-8', large: 'h-9' };

/** One line of text. Inside `Field` it gets its label, hint and error by itself. */
export function Input({ height = 'field', invalid, lead, trail, quiet, className, ...rest }: InputProps) {
  const bad = invalid || rest['aria-invalid'] === true || rest['aria-invalid'] === 'true';
  const frame = clsx(
    FIELD_CLASS,
    HEIGHTS[height],
    'max-sm:h-11',
    bad ? 'border-danger' : quiet ? 'border-line-2' : 'border-edge',
  );
  if (!lead && !trail)
    return <input {...rest} aria-invalid={bad || undefined} className={clsx(frame, 'px-2.5', className)} />;
  return (
    <span className={clsx(frame, 'focus-host flex items-center gap-2', lead ? 'pl-2.5' : 'pl-0', className)}>
      {lead && <span className="flex-none text-fg-3 [&>svg]:size-4">{lead}</span>}
      <input
        {...rest}
        aria-invalid={bad || undefined}
        className={clsx(
          'focus-none h-full w-full min-w-0 rounded-2 bg-transparent placeholder:text-fg-3',
          !lead && 'pl-2.5',
          !trail && 'pr-2.5',
        )}
      />
      {trail && <span className="flex flex-none items-center pr-1">{trail}</span>}
    </span>
  );
}

/** Several lines of text, with the same outline. */
export function Textarea({ invalid, className, ...rest }: ComponentProps<'textarea'> & { invalid?: boolean }) {
  return (
    <textarea
      {...rest}
      aria-invalid={invalid || undefined}
      className={clsx(FIELD_CLASS, 'px-2.5 py-1.5', invalid ? 'border-danger' : 'border-edge', className)}
    />
  );
}
