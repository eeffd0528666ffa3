import clsx from 'clsx';

/** Up to three lines under a thumbnail: older versions lie beneath. 13 px high, also when there are none, so that nothing jumps. */
export function Edges({ older, className }: { older: number; className?: string }) {
  return <span aria-hidden="true" data-n={Math.min(3, Math.max(0, older))} className={clsx('edges', className)} />;
}

const BARS = ['bg-depth-1', 'bg-depth-2', 'bg-depth-3', 'bg-depth-4', 'bg-depth-5'];

/** The same in a list row: a bar a version, up to five, and the count. One version is only its number. */
export function LayerCount({ count }: { count: number }) {
  return (
    <span className="flex items-center gap-2">
      {count > 1 && (
        <span aria-hidden="true" className="grid w-4 gap-px">
          {BARS.slice(0, count).map((bar) => (
            <span key={bar} className={clsx('h-[3px] rounded-[1px]', bar)} />
          ))}
        </span>
      )}
      <span className="tabular-nums">{count}</span>
    </span>
  );
}
