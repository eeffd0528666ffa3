import clsx from 'clsx';
import { initials } from './format-name.ts';

// Each with the text colour that reaches 4.5:1 on it in both themes; depth 1 and 2 have none.
const COLOURS = [
  'bg-depth-3 text-(--on-avatar)',
  'bg-depth-4 text-(--on-avatar)',
  'bg-depth-5 text-on-photo',
  'bg-depth-6 text-on-photo',
] as const;

/** The same person always has the same colour. */
function colourOf(name: string): string {
  let hash = 0;
  for (const char of name) hash = (hash * 31 + (char.codePointAt(0) ?? 0)) >>> 0;
  return COLOURS[hash % COLOURS.length] ?? COLOURS[0];
}

/** A person as initials. The name stands beside it, so it is hidden from screen readers. */
export function Avatar({ name, size = 20 }: { name: string; size?: 20 | 24 | 32 | 44 }) {
  return (
    <span
      aria-hidden="true"
      className={clsx(
        'inline-grid flex-none place-items-center rounded-full font-semibold select-none',
        colourOf(name),
      )}
      style={{ width: size, height: size, fontSize: Math.round(size * 0.42 + 0.6), lineHeight: 1 }}
    >
      {initials(name)}
    </span>
  );
}
