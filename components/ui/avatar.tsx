import clsx from 'clsx';
import { initials } from './format-name.ts';

const COLOURS = ['bg-depth-2', 'bg-depth-3', 'bg-depth-4', 'bg-depth-5', 'bg-depth-6'];

/** The same person always has the same colour. */
function colourOf(name: string): string {
  let hash = 0;
  for (const char of name) hash = (hash * 31 + (char.codePointAt(0) ?? 0)) >>> 0;
  return COLOURS[hash % COLOURS.length] ?? 'bg-depth-2';
}

/** A person as initials. The name stands beside it, so it is hidden from screen readers. */
export function Avatar({ name, size = 20 }: { name: string; size?: 20 | 24 | 32 | 44 }) {
  return (
    <span
      aria-hidden="true"
      className={clsx(
        'inline-grid flex-none place-items-center rounded-full font-semibold text-(--on-avatar) select-none',
        colourOf(name),
      )}
      style={{ width: size, height: size, fontSize: Math.round(size * 0.42 + 0.6), lineHeight: 1 }}
    >
      {initials(name)}
    </span>
  );
}
