import { describe, expect, it } from 'vitest';
import type { PlanKind } from '#lib/restore/schema.ts';
import { chosenOf, firstChoice, isChosen, toChoices, toggleItem, toggleKind } from './restore-choice.ts';

const copy: PlanKind = { kind: 'copy', count: 3, bytes: 30, classes: [] };
const thaw: PlanKind = { kind: 'thaw', count: 2, bytes: 9, classes: [] };
const gone: PlanKind = { kind: 'unavailable', count: 4, bytes: 9, classes: [] };

describe('what of a plan is chosen', () => {
  it('is everything that can be done at first, but what must be thawed', () => {
    expect(chosenOf(firstChoice, copy)).toEqual({ count: 3, bytes: 30 });
    expect(chosenOf(firstChoice, thaw)).toEqual({ count: 0, bytes: 0 });
    expect(chosenOf(firstChoice, gone)).toEqual({ count: 0, bytes: 0 });
    expect(toChoices(firstChoice, [copy, thaw, gone])).toEqual([{ kind: 'thaw', all: false, except: [] }]);
  });

  it('falls by a file that is unticked, and comes back', () => {
    const without = toggleItem(firstChoice, 'copy', 7, 10);
    expect(isChosen(without, 'copy', 7)).toBe(false);
    expect(isChosen(without, 'copy', 8)).toBe(true);
    expect(chosenOf(without, copy)).toEqual({ count: 2, bytes: 20 });
    expect(toChoices(without, [copy])).toEqual([{ kind: 'copy', all: true, except: [7] }]);
    expect(chosenOf(toggleItem(without, 'copy', 7, 10), copy)).toEqual({ count: 3, bytes: 30 });
  });

  it('is a few files of a kind that was unticked whole', () => {
    const one = toggleItem(toggleKind(firstChoice, 'copy', false), 'copy', 2, 5);
    expect(chosenOf(one, copy)).toEqual({ count: 1, bytes: 5 });
    expect(toChoices(one, [copy])).toEqual([{ kind: 'copy', all: false, except: [2] }]);
    expect(toChoices(toggleKind(one, 'copy', true), [copy])).toEqual([]);
  });

  it('never is what cannot be done', () => {
    expect(isChosen(toggleKind(firstChoice, 'unavailable', true), 'unavailable', 0)).toBe(false);
  });
});
