import { readFileSync } from 'node:fs';
import type { FileChooser } from '@playwright/test';
import { admin } from './support/environment.ts';
import { openFolder, row, versionRows } from './support/library.ts';
import { versionsOf } from './support/store.ts';
import { expect, mediaFile, test } from './support/test.ts';

test('the main job by keyboard alone', async ({ page, folder }) => {
  const { keyboard } = page;
  await page.goto('/sign-in');
  await expect(page.getByLabel('Email')).toBeFocused();
  await keyboard.type(admin.email);
  await keyboard.press('Tab');
  await keyboard.type(admin.password);
  await keyboard.press('Enter');
  await page.waitForURL(/\/browse\//);
  await openFolder(page, folder);

  const choose = async (files: Parameters<FileChooser['setFiles']>[0]) => {
    await keyboard.press('u');
    await expect(page.getByRole('menuitem', { name: 'Files…' })).toBeVisible();
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      (async () => {
        await keyboard.press('Home');
        await keyboard.press('Enter');
      })(),
    ]);
    await chooser.setFiles(files);
  };
  await choose(mediaFile('holiday/rocket.jpg'));
  await expect(row(page, 'rocket.jpg')).toBeVisible();

  // Overwrite: the dialog has the safe choice; one arrow down is Replace.
  await choose({
    name: 'rocket.jpg',
    mimeType: 'image/jpeg',
    buffer: readFileSync(mediaFile('holiday/sky/hubble_deep_field.jpg')),
  });
  await expect(page.getByRole('dialog')).toBeVisible();
  await expect(page.getByRole('radio', { name: /Keep both/ })).toBeFocused();
  await keyboard.press('ArrowDown');
  await expect(page.getByRole('radio', { name: /Replace/ })).toBeChecked();
  for (let presses = 0; presses < 8; presses += 1) {
    await keyboard.press('Tab');
    if (await page.getByRole('button', { name: 'Continue' }).evaluate((button) => button === document.activeElement))
      break;
  }
  await keyboard.press('Enter');
  await expect(async () => expect(await versionsOf(`${folder}rocket.jpg`)).toHaveLength(2)).toPass();

  // From wherever focus is to the listing, then to the details and back a version.
  for (let presses = 0; presses < 30; presses += 1) {
    if (await row(page, 'rocket.jpg').evaluate((element) => element === document.activeElement)) break;
    await keyboard.press('Tab');
  }
  await expect(row(page, 'rocket.jpg')).toBeFocused();
  await keyboard.press('i');
  await expect(versionRows(page)).toHaveCount(2);
  for (let presses = 0; presses < 30; presses += 1) {
    if (
      await versionRows(page)
        .first()
        .evaluate((element) => element === document.activeElement)
    )
      break;
    await keyboard.press('Tab');
  }
  await keyboard.press('ArrowDown');
  await expect(versionRows(page).nth(1)).toBeFocused();
  await keyboard.press('r');
  await expect(versionRows(page)).toHaveCount(3);
  expect(await versionsOf(`${folder}rocket.jpg`)).toHaveLength(3);

  // To the trash, and undone from the toast that F8 focuses.
  for (let presses = 0; presses < 40; presses += 1) {
    if (await row(page, 'rocket.jpg').evaluate((element) => element === document.activeElement)) break;
    await keyboard.press('Shift+Tab');
  }
  await keyboard.press('Delete');
  await expect(row(page, 'rocket.jpg')).toHaveCount(0);
  await keyboard.press('F8');
  for (let presses = 0; presses < 5; presses += 1) {
    if (await page.evaluate(() => document.activeElement?.textContent === 'Undo')) break;
    await keyboard.press('Tab');
  }
  await keyboard.press('Enter');
  await expect(row(page, 'rocket.jpg')).toBeVisible();
});
