import { beforeEach, expect, test } from 'vitest';
import { addToast, allToasts, closeToast, listenToToasts, shownToasts } from './toast-store.ts';

const titles = () => shownToasts(allToasts()).map((toast) => toast.title);

beforeEach(() => {
  for (const toast of allToasts()) closeToast(toast.id);
});

test('three at most: the oldest goes', () => {
  for (const title of ['a', 'b', 'c', 'd']) addToast({ title });
  expect(titles()).toEqual(['b', 'c', 'd']);
});

test('an error is never dropped: it waits behind newer ones and comes back', () => {
  addToast({ title: 'failed', kind: 'error' });
  const ids = ['a', 'b', 'c'].map((title) => addToast({ title }));
  expect(allToasts().map((toast) => toast.title)).toContain('failed');
  for (const id of ids) closeToast(id);
  expect(titles()).toEqual(['failed']);
});

test('four errors are all kept, three are shown', () => {
  for (const title of ['1', '2', '3', '4']) addToast({ title, kind: 'error' });
  expect(titles()).toEqual(['2', '3', '4']);
  closeToast(allToasts()[3]?.id ?? 0);
  expect(titles()).toEqual(['1', '2', '3']);
});

test('the same key takes the place of the earlier one', () => {
  addToast({ title: '1 file moved', key: 'trash' });
  addToast({ title: '2 files moved', key: 'trash' });
  expect(titles()).toEqual(['2 files moved']);
});

test('listeners hear of additions and of closing, until they stop', () => {
  let heard = 0;
  const stop = listenToToasts(() => {
    heard += 1;
  });
  closeToast(addToast({ title: 'a' }));
  stop();
  addToast({ title: 'b' });
  expect(heard).toBe(2);
});
