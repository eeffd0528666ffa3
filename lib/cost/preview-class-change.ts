import type { Actor } from '#lib/auth/actor.ts';
import { requireLibrary, requireWritable } from '#lib/libraries/require-library.ts';
import { roleOfType } from '#lib/operations/plan-operation.ts';
import { resolveSelection, type Selection } from '#lib/operations/resolve-selection.ts';
import { ratesOf } from '#lib/restore/rates-of.ts';
import { copyClasses } from '#lib/storage/copy-classes.ts';
import { whyNotClass } from '#lib/storage/why-not-class.ts';
import { planClassChange, sumClasses } from './plan-class-change.ts';
import { requirePrices } from './require-prices.ts';
import type { ClassChangePreview } from './schema.ts';

/**
 * What bringing a selection into each storage class would cost, and which of them the store takes. From the index; changes nothing.
 * @throws AppError not_found, forbidden, wrong_state (read-only), too_large over 100,000 files
 */
export async function previewClassChange(
  actor: Actor,
  input: { library: string; selection: Selection },
): Promise<{ preview: ClassChangePreview }> {
  const library = await requireLibrary(actor, input.library);
  requireWritable(library);
  const [{ assets }, { prices }] = await Promise.all([
    resolveSelection(actor, library, input.selection, 'live', roleOfType.reclass),
    requirePrices(library.id),
  ]);
  const files = assets.filter(({ state }) => state === 'live');
  return {
    preview: {
      files: files.length,
      bytes: files.reduce((sum, { size }) => sum + size, 0),
      now: sumClasses(files, prices),
      offers: copyClasses.map((storageClass) => ({
        ...planClassChange(files, storageClass, prices),
        refusal: whyNotClass(library.capabilities, storageClass),
        byRule: library.capabilities.lifecycleRules?.transitionClasses.includes(storageClass) ?? false,
      })),
      rates: ratesOf(prices),
    },
  };
}
