import { DepthMark } from '#components/ui/dot.tsx';

const classes: Record<string, { label: string; depth: number }> = {
  STANDARD: { label: 'Standard', depth: 1 },
  INTELLIGENT_TIERING: { label: 'Intelligent-Tiering', depth: 1 },
  STANDARD_IA: { label: 'Standard-IA', depth: 2 },
  ONEZONE_IA: { label: 'One Zone-IA', depth: 2 },
  GLACIER_IR: { label: 'Glacier Instant', depth: 3 },
  GLACIER: { label: 'Glacier Flexible', depth: 4 },
  DEEP_ARCHIVE: { label: 'Deep Archive', depth: 5 },
};

/** "Glacier Flexible"; a class that is not known keeps the store's own name. */
export function storageClassName(name: string): string {
  return classes[name]?.label ?? name;
}

/** A storage class as a word with its colour of the ramp; a class that the ramp does not know keeps the store's own name. */
export function StorageClass({ name }: { name: string }) {
  const known = classes[name];
  return (
    <span className="inline-flex min-w-0 items-center gap-1.5 whitespace-nowrap">
      {known && <DepthMark depth={known.depth} />}
      <span className="truncate">{known?.label ?? name}</span>
    </span>
  );
}
