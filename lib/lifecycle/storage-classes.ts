import { transitionClasses } from '#lib/storage/transition-classes.ts';

/** Storage classes of S3 that lifecycle rules can move objects to, and where they may go on to. Safe in a browser. */

export { transitionClasses };
export type TransitionClass = (typeof transitionClasses)[number];
export type StorageClassName = 'STANDARD' | TransitionClass;
export const storageClasses: readonly StorageClassName[] = ['STANDARD', ...transitionClasses];

/** As people read them (UI.md section 2). */
export const classLabels: Record<StorageClassName, string> = {
  STANDARD: 'Standard',
  INTELLIGENT_TIERING: 'Intelligent-Tiering',
  STANDARD_IA: 'Standard-IA',
  ONEZONE_IA: 'One Zone-IA',
  GLACIER_IR: 'Glacier Instant',
  GLACIER: 'Glacier Flexible',
  DEEP_ARCHIVE: 'Deep Archive',
};

/** Of any class: one that the ramp does not know keeps the store's own name. */
export function nameOfClass(name: string): string {
  if (isStorageClass(name)) return classLabels[name];
  return name === 'REDUCED_REDUNDANCY' ? 'Reduced Redundancy' : name;
}

/** Where each stands in the ramp of depth colours, 1 to 6 (UI.md section 2). */
export const classDepths: Record<StorageClassName, number> = {
  STANDARD: 1,
  INTELLIGENT_TIERING: 1,
  STANDARD_IA: 2,
  ONEZONE_IA: 2,
  GLACIER_IR: 3,
  GLACIER: 4,
  DEEP_ARCHIVE: 5,
};

/** The waterfall of the S3 user guide, "Supported transitions" (s3-facts 4.1): never upward, never back to Standard. */
const goesTo: Record<StorageClassName, readonly TransitionClass[]> = {
  STANDARD: transitionClasses,
  STANDARD_IA: ['INTELLIGENT_TIERING', 'ONEZONE_IA', 'GLACIER_IR', 'GLACIER', 'DEEP_ARCHIVE'],
  INTELLIGENT_TIERING: ['ONEZONE_IA', 'GLACIER_IR', 'GLACIER', 'DEEP_ARCHIVE'],
  ONEZONE_IA: ['GLACIER', 'DEEP_ARCHIVE'],
  GLACIER_IR: ['GLACIER', 'DEEP_ARCHIVE'],
  GLACIER: ['DEEP_ARCHIVE'],
  DEEP_ARCHIVE: [],
};

/** Whether lifecycle may move an object of class `from` to `to`. What the store calls by another name goes nowhere. */
export function canTransition(from: string, to: TransitionClass): boolean {
  return isStorageClass(from) && goesTo[from].includes(to);
}

export function isStorageClass(name: string): name is StorageClassName {
  return (storageClasses as readonly string[]).includes(name);
}

/** Bytes of an archived object can be read only after a thaw. */
export function isArchived(name: string | null): boolean {
  return name === 'GLACIER' || name === 'DEEP_ARCHIVE';
}

/**
 * Of two classes due on one day, the one that S3 takes: Intelligent-Tiering, except over Glacier Flexible and Deep Archive; else
 * the cheaper, which stands later in the list (user guide, "Lifecycle configuration conflicts"; s3-facts 4.5).
 */
export function preferredClass(a: TransitionClass, b: TransitionClass): TransitionClass {
  const [cheap, dear] = transitionClasses.indexOf(a) > transitionClasses.indexOf(b) ? [a, b] : [b, a];
  return dear === 'INTELLIGENT_TIERING' && !isArchived(cheap) ? dear : cheap;
}
