import { expect, it } from 'vitest';
import { fateBadge, fateSentence } from './fate-words.ts';

const now = new Date('2026-11-25T12:00:00Z');
const old = { at: '2026-12-12T12:00:00.000Z', rule: 'Old versions', trash: null };
const trash = { at: '2026-12-01T12:00:00.000Z', rule: 'Drafts' };

it.each([
  [{ at: null, rule: null, trash: null }, 'Nothing removes it', null],
  [old, 'Kept until 12 Dec, by the rule Old versions', 'Goes 12 Dec'],
  [
    { ...old, trash },
    'Moves to trash 1 Dec, by the rule Drafts; kept until 12 Dec, by the rule Old versions',
    'To trash 1 Dec',
  ],
  [
    { at: null, rule: null, trash },
    'Moves to trash 1 Dec, by the rule Drafts; nothing removes it there',
    'To trash 1 Dec',
  ],
])('says what the rules will do: %j', (goes, sentence, badge) => {
  expect(fateSentence(goes, { now })).toBe(sentence);
  expect(fateBadge(goes, now)).toBe(badge);
});

it('leaves the rule out where it is said elsewhere, and a badge where nothing is known', () => {
  expect(fateSentence(old, { now, withRule: false })).toBe('Kept until 12 Dec');
  expect(fateBadge(null, now)).toBe(null);
  expect(fateBadge({ ...old, at: '2027-02-25T12:00:00.000Z' }, now)).toBe('Goes 25 Feb');
  expect(fateBadge({ ...old, at: '2027-11-20T12:00:00.000Z' }, now)).toBe('Goes 20 Nov 2027');
});
