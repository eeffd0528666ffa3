import { AppError } from '#lib/errors.ts';
import { type PlannedItem, sortByKey } from './plan-summary.ts';
import type { SelectedAsset } from './selected.ts';

/** Characters of a tag. */
const maxTagLength = 64;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const controlCharacter = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;

/**
 * A tag as it is kept: without blanks around it, NFC, and in the spelling that the library has already ("sky" is "Sky").
 * @param known tags of the library
 * @throws AppError invalid_request
 */
export function tagName(text: string, known: ReadonlyMap<string, string>): string {
  const name = text.trim().replaceAll(/\s+/g, ' ').normalize('NFC');
  if (name === '' || !name.isWellFormed() || controlCharacter.test(name)) {
    throw new AppError('invalid_request', 'A tag is a word or some, without line breaks.');
  }
  if ([...name].length > maxTagLength) {
    throw new AppError(
      'invalid_request',
      `A tag has at most ${maxTagLength} characters. Shorten ${name.slice(0, 20)}….`,
    );
  }
  return known.get(foldTag(name)) ?? name;
}

/** Two tags with the same folded form are one tag. */
export const foldTag = (name: string): string => name.toLowerCase();

/**
 * Adding and removing tags on live files. Who has nothing to gain or lose is skipped.
 * @param tags by key, as they are now
 * @throws AppError invalid_request when nothing is asked, or a tag is both added and removed
 */
export function planTag(
  assets: SelectedAsset[],
  change: { add: string[]; remove: string[] },
  tags: ReadonlyMap<string, ReadonlySet<string>>,
): PlannedItem[] {
  const { add, remove } = change;
  if (add.length + remove.length === 0)
    throw new AppError('invalid_request', 'params.add or params.remove names tags.');
  const both = add.find((name) => remove.includes(name));
  if (both !== undefined) throw new AppError('invalid_request', `The tag ${both} cannot be added and removed at once.`);
  return sortByKey(
    assets.map(({ key, path, size: bytes, state }): PlannedItem => {
      const step = { kind: 'set-tags', add, remove } as const;
      const item = { key, path, bytes, error: null, step };
      if (state !== 'live') {
        const detail = state === 'gone' ? 'It is no longer in the store.' : 'It is in the trash. Restore it first.';
        return { ...item, state: 'conflict', error: { code: state === 'gone' ? 'not_found' : 'wrong_state', detail } };
      }
      const has = tags.get(key) ?? new Set();
      const changes = add.some((name) => !has.has(name)) || remove.some((name) => has.has(name));
      return changes ? { ...item, state: 'pending' } : { ...item, state: 'skipped', step: { kind: 'nothing' } };
    }),
  );
}
