import { describe, expect, it } from 'vitest';
import { missedSentence, undoWords, verdictOf, wordsOf } from './operation-words.ts';

const counts = (more: Partial<Parameters<typeof verdictOf>[1]>) => ({
  total: 3,
  pending: 0,
  done: 0,
  skipped: 0,
  conflict: 0,
  failed: 0,
  ...more,
});

describe('verdictOf', () => {
  it.each([
    ['succeeded', { done: 3 }, 'done'],
    ['succeeded', { skipped: 3 }, 'nothing'],
    ['partial', { done: 2, conflict: 1 }, 'some'],
    ['partial', { skipped: 1, failed: 2 }, 'some'],
    ['failed', { failed: 3 }, 'none'],
    ['cancelled', { done: 1, pending: 2 }, 'cancelled'],
    ['running', { done: 1, pending: 2 }, 'waiting'],
    ['queued', { pending: 3 }, 'waiting'],
  ] as const)('%s %j', (state, given, verdict) => {
    expect(verdictOf(state, counts(given))).toBe(verdict);
  });
});

describe('missedSentence', () => {
  const missed = ['a.jpg', 'b.jpg', 'c.jpg'].map((name) => ({ name, detail: 'A newer version was saved since.' }));
  it('names the files with the reason, and counts the rest', () => {
    expect(missedSentence(missed.slice(0, 1), 1)).toBe('a.jpg: A newer version was saved since.');
    expect(missedSentence(missed, 40)).toBe(
      'a.jpg: A newer version was saved since. b.jpg: A newer version was saved since. And 38 more, in Activity.',
    );
  });
});

describe('words', () => {
  it('say what happens, without praise', () => {
    expect(wordsOf('trash', '3 files')).toEqual({
      doing: 'Moving 3 files to trash',
      done: '3 files moved to trash',
      notDone: '3 files were not moved to trash',
    });
    expect(wordsOf('trash', 'a.jpg').notDone).toBe('a.jpg was not moved to trash');
    expect(undoWords('untrash', 3).done).toBe('3 files restored from trash');
  });
});
