import { AppError } from '#lib/errors.ts';
import type { LibraryContext } from '#lib/libraries/require-library.ts';
import { planReclass } from './plan-reclass.ts';
import type { PlannedItem } from './plan-summary.ts';
import { requireClass } from './require-class.ts';
import type { OperationParams } from './schema.ts';
import type { SelectedAsset } from './selected.ts';

/** @throws AppError invalid_request without a class, not_supported_by_store for one that the store refuses */
export function prepareReclass(
  library: LibraryContext,
  assets: SelectedAsset[],
  { storageClass }: OperationParams,
): PlannedItem[] {
  if (!storageClass) throw new AppError('invalid_request', 'params.storageClass says which class to go into.');
  requireClass(library.capabilities, storageClass);
  return planReclass(assets, storageClass);
}
