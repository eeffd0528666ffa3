import { openFolder, pickFiles, row } from './support/library.ts';
import { putByOthers, versionsOf } from './support/store.ts';
import { expect, expectAccessible, mediaFile, test } from './support/test.ts';

test('delete is a marker, undo takes it away, and the trash brings back what was left there', async ({
  adminPage: page,
  folder,
}) => {
  const slug = await openFolder(page, folder);
  await pickFiles(page, [mediaFile('holiday/rocket.jpg'), mediaFile('holiday/cat.png')]);
  await expect(row(page, 'rocket.jpg')).toBeVisible();
  await expect(row(page, 'cat.png')).toBeVisible();

  await row(page, 'rocket.jpg').click();
  await page.keyboard.press('Delete');
  await expect(page.getByText(/moved to trash/).first()).toBeVisible();
  await expect(row(page, 'rocket.jpg')).toHaveCount(0);
  expect((await versionsOf(`${folder}rocket.jpg`)).map(({ isDeleteMarker }) => isDeleteMarker)).toEqual([true, false]);

  await page.getByRole('button', { name: 'Undo' }).first().click();
  await expect(row(page, 'rocket.jpg')).toBeVisible();
  expect((await versionsOf(`${folder}rocket.jpg`)).map(({ isDeleteMarker }) => isDeleteMarker)).toEqual([false]);

  await row(page, 'cat.png').click();
  await page.keyboard.press('Delete');
  await expect(row(page, 'cat.png')).toHaveCount(0);
  await page.goto(`/trash/${slug}`);
  const item = page
    .getByRole('listitem')
    .filter({ hasText: folder.slice(0, 20) })
    .filter({ hasText: 'cat.png' });
  await expect(item).toBeVisible();
  await item.hover();
  await item
    .getByRole('button', { name: /Restore/ })
    .first()
    .click();
  await expect(item).toHaveCount(0);
  expect((await versionsOf(`${folder}cat.png`)).map(({ isDeleteMarker }) => isDeleteMarker)).toEqual([false]);
});

test('the activity page says who did what and undoes it later', async ({ adminPage: page, folder }) => {
  const slug = await openFolder(page, folder);
  await pickFiles(page, mediaFile('holiday/coffee.png'));
  await expect(row(page, 'coffee.png')).toBeVisible();
  await row(page, 'coffee.png').click();
  await page.keyboard.press('Delete');
  await expect(row(page, 'coffee.png')).toHaveCount(0);

  await page.goto(`/activity/${slug}?path=${encodeURIComponent(folder)}`);
  const moved = page
    .getByRole('listitem')
    .filter({ hasText: /moved .* to trash/i })
    .first();
  await expect(moved).toBeVisible();
  await moved.getByRole('button', { name: /Undo/ }).first().click();
  await expect(async () =>
    expect((await versionsOf(`${folder}coffee.png`)).map(({ isDeleteMarker }) => isDeleteMarker)).toEqual([false]),
  ).toPass();
  await expect(page.getByText(/Undone by/).first()).toBeVisible();
});

test('undo asks first where a file has changed since, and leaves that one as it is', async ({
  adminPage: page,
  folder,
}) => {
  await openFolder(page, folder);
  await pickFiles(page, [mediaFile('holiday/rocket.jpg'), mediaFile('holiday/cat.png')]);
  await expect(row(page, 'rocket.jpg')).toBeVisible();
  await expect(row(page, 'cat.png')).toBeVisible();
  await row(page, 'rocket.jpg').click();
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  // A toast stays while the pointer is on it.
  await page.getByText('2 files moved to trash').first().hover();
  await putByOthers(`${folder}cat.png`, 'somebody else put this here');
  await expect(row(page, 'cat.png')).toBeVisible();

  await page.getByRole('button', { name: 'Undo' }).first().click();
  const asked = page.getByRole('dialog', { name: 'Undo 1 change?' });
  await expect(asked).toContainText('1 file has changed since and is left as it is. The rest goes ahead.');
  await expect(asked).toContainText('2 files moved to trash');
  await expect(asked).toContainText(`${folder}cat.png`);
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(asked).toBeHidden();
  await expect(row(page, 'rocket.jpg')).toHaveCount(0);

  await page.keyboard.press('Control+z');
  await asked.getByRole('button', { name: 'Undo 1 change' }).click();
  await expect(row(page, 'rocket.jpg')).toBeVisible();
  await expect(page.getByText('1 change undone, except 1 file.').first()).toBeVisible();
  const kinds = (await versionsOf(`${folder}cat.png`)).map(({ isDeleteMarker }) => isDeleteMarker);
  expect(kinds).toEqual([false, true, false]);
});
