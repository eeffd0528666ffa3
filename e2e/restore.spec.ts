import { openFolder, row } from './support/library.ts';
import { deleteFromStore, putByOthers, readFromStore } from './support/store.ts';
import { expect, expectAccessible, test } from './support/test.ts';

/** The ransom drill in small, by hand: the bucket is damaged past the app, a person looks back, plans, restores, and takes that back. */
test('a folder that was damaged at the store is planned, restored to the moment before, and the undo brings the damage back', async ({
  adminPage: page,
  folder,
}) => {
  const slug = await openFolder(page, folder);
  const names = ['boats.jpg', 'kite.jpg', 'lake.jpg', 'moss.jpg'];
  const state = async () =>
    Object.fromEntries(
      await Promise.all([...names, 'PAY.txt'].map(async (name) => [name, await readFromStore(folder + name)])),
    );
  for (const name of names) await putByOthers(folder + name, `the original of ${name}`);
  await expect(row(page, 'moss.jpg')).toBeVisible();
  const original = await state();
  // Stores keep whole seconds: the moment lies in neither second.
  const moment = new Date(Math.ceil((Date.now() + 1) / 1_000) * 1_000);
  await expect.poll(() => Date.now()).toBeGreaterThan(moment.getTime() + 1_000);

  await putByOthers(`${folder}boats.jpg`, 'encrypted');
  await putByOthers(`${folder}kite.jpg`, 'encrypted too');
  await deleteFromStore(`${folder}lake.jpg`);
  await putByOthers(`${folder}PAY.txt`, 'Pay to get them back.');
  const damaged = await state();
  expect(damaged).not.toEqual(original);

  await page.goto(`/browse/${slug}/${folder}?at=${moment.toISOString()}`);
  await page.getByRole('button', { name: 'Restore to this moment' }).first().click();
  const plan = page.getByRole('dialog', { name: /^Restore / });
  await expect(plan.getByText(/^Checked against the store/)).toBeVisible();
  await expect(plan.getByRole('button', { name: /^Go back a version/ })).toContainText('2');
  await expect(plan.getByRole('button', { name: /^Bring back from trash/ })).toContainText('1');
  await expect(plan.getByRole('button', { name: /^Unchanged/ })).toContainText('1');
  await expect(plan.getByText('Version 2 to version 1')).toHaveCount(2);
  await plan.getByRole('textbox', { name: 'Find in these 2' }).fill('KITE');
  await expect(plan.getByRole('listitem')).toHaveCount(1);
  await expectAccessible(page);

  // The note stays: every number follows.
  await plan.getByRole('button', { name: /^Move to trash/ }).click();
  await plan.getByRole('checkbox', { name: /^PAY\.txt/ }).click();
  await expect(plan.getByText('0 of 1 chosen')).toBeVisible();
  await expect(plan.getByText(/Adds 2 versions, removes the delete markers of 1 file\./)).toBeVisible();
  await plan.getByRole('button', { name: 'Restore 3 files' }).click();
  await expect(plan.getByText('3 files restored.')).toBeVisible();
  expect(await state()).toEqual({ ...original, 'PAY.txt': damaged['PAY.txt'] });

  await plan.getByRole('button', { name: 'Undo' }).click();
  await expect(plan).toBeHidden();
  await expect.poll(state).toEqual(damaged);

  // Once more from the keyboard, all of it; Activity holds the way back too.
  await page.getByRole('button', { name: 'Restore to this moment' }).first().press('Enter');
  await expect(plan.getByText(/^Checked against the store/)).toBeVisible();
  await plan.getByRole('button', { name: 'Restore 4 files' }).press('Enter');
  await expect(plan.getByText('4 files restored.')).toBeVisible();
  expect(await state()).toEqual({ ...original, 'PAY.txt': null });
  await plan.getByRole('button', { name: 'Done' }).click();
  await page.goto(`/activity/${slug}?path=${encodeURIComponent(folder)}`);
  const restored = page.getByRole('listitem').filter({ hasText: /restored/i });
  await restored.first().getByRole('button', { name: /^Undo/ }).click();
  await expect.poll(state).toEqual(damaged);
});
