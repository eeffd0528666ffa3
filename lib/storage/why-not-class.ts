import type { StoreCapabilities } from './types.ts';

/** Why this store takes no copy in a storage class, in its own words; null when it takes it. Standard is what every copy goes into by itself. */
export function whyNotClass(capabilities: StoreCapabilities, storageClass: string): string | null {
  const found = capabilities.storageClasses?.[storageClass];
  if (found) return found.supported ? null : found.detail;
  return storageClass === 'STANDARD'
    ? null
    : 'This store was not asked yet whether it takes it. Probe it again, under Store.';
}
