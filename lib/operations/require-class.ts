import { AppError } from '#lib/errors.ts';
import type { StoreCapabilities } from '#lib/storage/types.ts';
import { whyNotClass } from '#lib/storage/why-not-class.ts';

/** @throws AppError not_supported_by_store, with the store's words, when it takes no copy in the class */
export function requireClass(capabilities: StoreCapabilities, storageClass: string): void {
  const reason = whyNotClass(capabilities, storageClass);
  if (reason !== null) throw new AppError('not_supported_by_store', `The store takes no copy in this class. ${reason}`);
}
