import { type ChangeObject, diffJson } from 'diff';

/**
 * Two documents as JSON, in parts that go, come or stay. The names of an object are put in one order first, since a store may write them in
 * another, which changes nothing; so is a comma that came with a next line. Pure.
 */
export function planJsonDiff(before: unknown, after: unknown): ChangeObject<string>[] {
  return diffJson(before as object, after as object);
}
