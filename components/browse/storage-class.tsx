import { DepthMark } from '#components/ui/dot.tsx';
import { classDepths, isStorageClass, nameOfClass } from '#lib/lifecycle/storage-classes.ts';

/** A storage class as a word with its colour of the ramp; a class that the ramp does not know keeps the store's own name. */
export function StorageClass({ name }: { name: string }) {
  const known = isStorageClass(name);
  return (
    <span className="inline-flex min-w-0 items-center gap-1.5 whitespace-nowrap">
      {known && <DepthMark depth={classDepths[name]} />}
      <span className="truncate">{nameOfClass(name)}</span>
    </span>
  );
}
