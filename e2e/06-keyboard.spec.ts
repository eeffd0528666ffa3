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

test('by keyboard alone: a file is uploaded, found, renamed, moved, deleted, and all of it undone', async ({
  adminPage: page,
  folder,
}) => {
  const { keyboard } = page;
  await openFolder(page, folder);
  /** Tab until an entry has focus. */
  const reach = async (name: string) => {
    for (let presses = 0; presses < 40; presses += 1) {
      if (await row(page, name).evaluate((element) => element === document.activeElement)) return;
      await keyboard.press('Tab');
    }
    await expect(row(page, name)).toBeFocused();
  };

  await keyboard.press('u');
  await expect(page.getByRole('menuitem', { name: 'Files…' })).toBeVisible();
  const chosen = page.waitForEvent('filechooser');
  await keyboard.press('Home');
  await keyboard.press('Enter');
  await (await chosen).setFiles([mediaFile('holiday/rocket.jpg'), mediaFile('holiday/cat.png')]);
  await expect(row(page, 'rocket.jpg')).toBeVisible();
  await keyboard.press('n');
  await expect(page.getByRole('dialog')).toBeVisible();
  await keyboard.type('album');
  await keyboard.press('Enter');
  await expect(row(page, 'album')).toBeVisible();
  await expect(page.getByRole('dialog')).toHaveCount(0);

  await keyboard.press('/');
  await expect(page.getByRole('searchbox')).toBeFocused();
  await keyboard.type('rock');
  await expect(page.locator('[data-search-result]')).toHaveText(/^1 in /);
  await keyboard.press('ArrowDown');
  await expect(row(page, 'rocket.jpg')).toBeFocused();
  await keyboard.press('F2');
  await expect(page.getByRole('textbox', { name: /New name/ })).toBeFocused();
  await keyboard.type('saturn rock');
  await keyboard.press('Enter');
  await expect(row(page, 'saturn rock.jpg')).toBeVisible();
  expect(await versionsOf(`${folder}saturn rock.jpg`)).toHaveLength(1);

  await reach('saturn rock.jpg');
  await keyboard.press('Control+x');
  await keyboard.press('Escape');
  await expect(row(page, 'album')).toBeVisible();
  await reach('album');
  await keyboard.press('Enter');
  await expect(page).toHaveURL(/album$/);
  await expect(row(page, 'cat.png')).toHaveCount(0);
  await keyboard.press('Control+v');
  await expect(row(page, 'saturn rock.jpg')).toBeVisible();

  await reach('saturn rock.jpg');
  await keyboard.press('Delete');
  await expect(row(page, 'saturn rock.jpg')).toHaveCount(0);
  for (const back of [`${folder}album/saturn rock.jpg`, `${folder}saturn rock.jpg`, `${folder}rocket.jpg`]) {
    await keyboard.press('Control+z');
    await expect.poll(async () => (await versionsOf(back))[0]?.isDeleteMarker).toBe(false);
  }
  await keyboard.press('Backspace');
  await expect(row(page, 'rocket.jpg')).toBeVisible();
  await expect(row(page, 'saturn rock.jpg')).toHaveCount(0);
  // A letter that is no key of its own goes to a name.
  await reach('album');
  await keyboard.press('End');
  await expect(row(page, 'rocket.jpg')).toBeFocused();
  await keyboard.press('a');
  await expect(row(page, 'album')).toBeFocused();
});
