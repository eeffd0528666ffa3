import clsx from 'clsx';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { IconButton } from '#components/ui/icon-button.tsx';

/** A round button at the side of the stage: one file on. */
export function StepButton({
  side,
  onClick,
  hidden,
  quiet,
}: {
  side: 'left' | 'right';
  onClick: () => void;
  hidden: boolean;
  quiet: boolean;
}) {
  if (hidden) return null;
  return (
    <span
      className={clsx(
        'absolute top-1/2 -mt-4 transition-opacity duration-panel',
        side === 'left' ? 'left-3' : 'right-3',
        quiet && 'opacity-0',
      )}
    >
      <IconButton
        label={side === 'left' ? 'Previous file' : 'Next file'}
        keys={side === 'left' ? 'Left' : 'Right'}
        icon={side === 'left' ? <ChevronLeft /> : <ChevronRight />}
        onClick={onClick}
        className="size-8! rounded-full! bg-stage! text-fg-2 hover:text-fg [&>svg]:size-5!"
      />
    </span>
  );
}
