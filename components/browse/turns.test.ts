import { expect, it } from 'vitest';
import { createTurns } from './turns.ts';

/** Frames that come when they are told to. */
function makeFrames() {
  const calls: (() => void)[] = [];
  return {
    ask: (call: () => void) => void calls.push(call),
    pending: () => calls.length,
    next: () => calls.shift()?.(),
  };
}

it('does the work of one a frame, in order, and asks for no frame when nobody waits', () => {
  const frames = makeFrames();
  const done: string[] = [];
  const turns = createTurns(frames.ask);
  expect(frames.pending()).toBe(0);
  for (const name of ['a', 'b', 'c']) turns.wait(() => done.push(name));
  expect(frames.pending()).toBe(1);
  frames.next();
  expect(done).toEqual(['a']);
  frames.next();
  frames.next();
  expect(done).toEqual(['a', 'b', 'c']);
  expect(frames.pending()).toBe(0);
  turns.wait(() => done.push('d'));
  frames.next();
  expect(done).toEqual(['a', 'b', 'c', 'd']);
});

it('skips one that left, and one that throws keeps no other from its turn', () => {
  const frames = makeFrames();
  const done: string[] = [];
  const turns = createTurns(frames.ask);
  const leave = turns.wait(() => done.push('gone'));
  turns.wait(() => {
    throw new Error('not drawn');
  });
  turns.wait(() => done.push('last'));
  leave();
  expect(frames.next).toThrow('not drawn');
  frames.next();
  expect(done).toEqual(['last']);
  expect(frames.pending()).toBe(0);
});

it('lets the last one leave while its frame is asked for', () => {
  const frames = makeFrames();
  const done: string[] = [];
  const turns = createTurns(frames.ask);
  turns.wait(() => done.push('gone'))();
  frames.next();
  expect(frames.pending()).toBe(0);
  turns.wait(() => done.push('next'));
  frames.next();
  expect(done).toEqual(['next']);
});
