import { readFileSync, statSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { openFolder, pickFiles, pickFolder, row } from './support/library.ts';
import { versionsOf } from './support/store.ts';
import { callApi, expect, expectAccessible, mediaFile, test } from './support/test.ts';
import { readZip } from './support/zip.ts';

const shape = async (key: string) =>
  (await versionsOf(key)).map(({ isDeleteMarker }) => (isDeleteMarker ? 'marker' : 'version'));
const toast = (page: Page, text: RegExp) => page.getByText(text).first();

async function makeFolder(page: Page, slug: string, path: string): Promise<void> {
  await callApi(page, 'POST', `/libraries/${slug}/operations`, { type: 'create-folder', selection: { paths: [path] } });
}

test('by keyboard: rename, cut and paste, tag, and Ctrl+Z for each', async ({ adminPage: page, folder }) => {
  const { keyboard } = page;
  const slug = await openFolder(page, folder);
  await makeFolder(page, slug, `${folder}inner/`);
  await pickFiles(page, [mediaFile('holiday/rocket.jpg'), mediaFile('holiday/cat.png')]);
  await expect(row(page, 'rocket.jpg')).toBeVisible();

  await row(page, 'rocket.jpg').click();
  await keyboard.press('F2');
  const field = page.getByRole('textbox', { name: /New name/ });
  await expect(field).toBeFocused();
  await keyboard.type('saturn');
  await keyboard.press('Enter');
  await expect(row(page, 'saturn.jpg')).toBeVisible();
  expect(await shape(`${folder}saturn.jpg`)).toEqual(['version']);
  expect(await shape(`${folder}rocket.jpg`)).toEqual(['marker', 'version']);

  // A name that is taken is asked about in the words of the upload.
  await row(page, 'saturn.jpg').click();
  await keyboard.press('F2');
  await keyboard.press('Control+a');
  await keyboard.type('cat.png');
  await keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toContainText('cat.png already exists');
  await expectAccessible(page);
  await keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  expect(await shape(`${folder}cat.png`)).toEqual(['version']);

  await row(page, 'cat.png').click();
  await keyboard.press('t');
  await expect(page.getByRole('combobox', { name: 'Add a tag' })).toBeFocused();
  await keyboard.type('Whiskers');
  await keyboard.press('Enter');
  await page.getByRole('button', { name: 'Save tags' }).click();
  await expect(toast(page, /Tags of cat.png changed/)).toBeVisible();

  await keyboard.press('Control+x');
  await row(page, 'inner').dblclick();
  await expect(page).toHaveURL(/inner/);
  await expect(row(page, 'saturn.jpg')).toHaveCount(0);
  await keyboard.press('Control+v');
  await expect(row(page, 'cat.png')).toBeVisible();
  expect(await shape(`${folder}inner/cat.png`)).toEqual(['version']);
  expect(await shape(`${folder}cat.png`)).toEqual(['marker', 'version']);
  // Tags go with the file; places that were left are no trash.
  const found = await callApi(
    page,
    'GET',
    `/libraries/${slug}/search?${new URLSearchParams({ q: 'whiskers', path: folder })}`,
  );
  expect(found.body.entries).toMatchObject([{ path: `${folder}inner/cat.png`, tags: ['Whiskers'] }]);
  const trash = await callApi(page, 'GET', `/libraries/${slug}/trash?${new URLSearchParams({ path: folder })}`);
  expect(trash.body.entries).toEqual([]);

  for (const undone of [`${folder}cat.png`, null, `${folder}rocket.jpg`]) {
    await keyboard.press('Control+z');
    if (undone) await expect.poll(() => shape(undone)).toEqual(['version']);
    else await expect(toast(page, /^Undone/)).toBeVisible();
  }
  // The last one is over when the place that it left is empty, a moment after the file is back.
  await expect
    .poll(async () => {
      const after = await callApi(page, 'GET', `/libraries/${slug}/entries?${new URLSearchParams({ path: folder })}`);
      return after.body.entries.map((entry: { name: string; tags?: string[] }) => [entry.name, entry.tags]);
    })
    .toEqual([
      ['inner', undefined],
      ['cat.png', []],
      ['rocket.jpg', []],
    ]);
});

test('by drag: onto a folder and onto the path above; a whole folder to the trash and back', async ({
  adminPage: page,
  folder,
}) => {
  const slug = await openFolder(page, folder);
  await makeFolder(page, slug, `${folder}album/`);
  await pickFolder(page, 'holiday');
  await expect(row(page, 'holiday')).toBeVisible();
  await pickFiles(page, [mediaFile('holiday/rocket.jpg'), mediaFile('holiday/coffee.png')]);
  await expect(row(page, 'coffee.png')).toBeVisible();

  await row(page, 'coffee.png').click();
  await row(page, 'rocket.jpg').click({ modifiers: ['Control'] });
  await row(page, 'rocket.jpg').dragTo(row(page, 'album'));
  await expect(toast(page, /2 files moved to album/)).toBeVisible();
  expect(await shape(`${folder}album/rocket.jpg`)).toEqual(['version']);
  expect(await shape(`${folder}coffee.png`)).toEqual(['marker', 'version']);

  await page.goto(`/browse/${slug}/${folder}album`);
  await row(page, 'rocket.jpg').dragTo(
    page.getByRole('navigation', { name: 'Path' }).getByRole('link', { name: folder.slice(0, -1) }),
  );
  await expect(row(page, 'rocket.jpg')).toHaveCount(0);
  await expect.poll(() => shape(`${folder}rocket.jpg`)).toEqual(['version', 'marker', 'version']);

  await page.goto(`/browse/${slug}/${folder}`);
  await row(page, 'holiday').click({ position: { x: 500, y: 10 } });
  await page.keyboard.press('Delete');
  await expect(row(page, 'holiday')).toHaveCount(0);
  expect(await shape(`${folder}holiday/sky/hubble_deep_field.jpg`)).toEqual(['marker', 'version']);
  await page.getByRole('button', { name: 'Undo' }).last().click();
  await expect(row(page, 'holiday')).toBeVisible();
  expect(await shape(`${folder}holiday/sky/hubble_deep_field.jpg`)).toEqual(['version']);
});

test('many are saved as one ZIP whose bytes come from the store alone', async ({ adminPage: page, folder }) => {
  const slug = await openFolder(page, folder);
  await makeFolder(page, slug, `${folder}holiday/empty/`);
  await pickFolder(page, 'holiday');
  await expect(row(page, 'holiday')).toBeVisible();
  await expect
    .poll(async () => (await callApi(page, 'GET', `/libraries/${slug}/entries?path=${folder}`)).body.totals.assetCount)
    .toBe(5);
  await row(page, 'holiday').click({ position: { x: 500, y: 10 } });
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    row(page, 'holiday')
      .click({ button: 'right', position: { x: 500, y: 10 } })
      .then(() => page.getByRole('menuitem', { name: 'Download as ZIP' }).click()),
  ]);
  expect(saved.suggestedFilename()).toBe('holiday.zip');
  const path = await saved.path();
  const files = readZip(path);
  expect([...files.keys()].sort()).toEqual([
    'holiday/cat.png',
    'holiday/coffee.png',
    'holiday/empty/',
    'holiday/film/bigbuckbunny.mp4',
    'holiday/rocket.jpg',
    'holiday/sky/hubble_deep_field.jpg',
  ]);
  let bytes = 0;
  for (const [name, content] of files) {
    if (name.endsWith('/')) continue;
    expect(content.equals(readFileSync(mediaFile(name))), name).toBe(true);
    bytes += content.length;
  }
  expect(statSync(path).size).toBeGreaterThan(bytes);
  await expect(toast(page, /holiday.zip saved, 5 files/)).toBeVisible();
});

test('the trash is emptied by an admin who types it, and nothing else goes', async ({
  adminPage: page,
  folder,
  makePerson,
  pageOf,
}) => {
  const slug = await openFolder(page, folder);
  await pickFiles(page, [mediaFile('holiday/rocket.jpg'), mediaFile('holiday/cat.png')]);
  await expect(row(page, 'cat.png')).toBeVisible();
  await row(page, 'cat.png').click();
  await page.keyboard.press('Delete');
  await expect(row(page, 'cat.png')).toHaveCount(0);

  const jonas = await pageOf(await makePerson([{ prefix: folder, role: 'contributor' }]));
  await jonas.goto(`/trash/${slug}?path=${encodeURIComponent(folder)}`);
  await expect(jonas.getByRole('button', { name: 'Empty trash' })).toHaveAttribute('aria-disabled', 'true');

  await page.goto(`/trash/${slug}?path=${encodeURIComponent(folder)}`);
  await expect(page.getByText('Nothing removes it').first()).toBeVisible();
  await page.getByRole('button', { name: 'Empty trash' }).click();
  const dialog = page.getByRole('alertdialog');
  await expect(dialog).toContainText('Nothing brings it back');
  await expectAccessible(page);
  await expect(dialog.getByRole('button', { name: 'Delete forever' })).toHaveAttribute('aria-disabled', 'true');
  await dialog.getByRole('textbox').fill('delete 1 file');
  // While nobody can look at it, it is under way to the page: Cancel says at once that it is heard, and comes back where it was not.
  let look = () => {};
  const looking = new Promise<void>((resolve) => {
    look = resolve;
  });
  await page.route(/\/operations\/[^/]+$/, async (route) => {
    await looking;
    await route.continue();
  });
  let refuse = () => {};
  const refused = new Promise<void>((resolve) => {
    refuse = resolve;
  });
  await page.route(/\/operations\/[^/]+\/cancel$/, async (route) => {
    await refused;
    const problem = {
      type: 'x',
      title: 'x',
      status: 409,
      detail: 'It has ended.',
      code: 'wrong_state',
      requestId: 'x',
    };
    await route.fulfill({ status: 409, contentType: 'application/problem+json', body: JSON.stringify(problem) });
  });
  await dialog.getByRole('button', { name: 'Delete forever' }).click();
  const course = page.locator('[data-toast]').filter({ hasText: 'Deleting 1 file forever' });
  await course.getByRole('button', { name: 'Cancel' }).click();
  await expect(course).toContainText('Stopping');
  await expect(course.getByRole('button', { name: 'Cancel' })).toHaveCount(0);
  refuse();
  await expect(toast(page, /It was not cancelled/)).toBeVisible();
  await expect(course.getByRole('button', { name: 'Cancel' })).toBeVisible();
  look();
  await expect(toast(page, /1 file deleted forever/)).toBeVisible();
  expect(await versionsOf(`${folder}cat.png`)).toEqual([]);
  expect(await shape(`${folder}rocket.jpg`)).toEqual(['version']);
});

test('several changes are chosen in the activity and undone together after a preview', async ({
  adminPage: page,
  folder,
}) => {
  const slug = await openFolder(page, folder);
  await pickFiles(page, [mediaFile('holiday/rocket.jpg'), mediaFile('holiday/cat.png')]);
  await expect(row(page, 'cat.png')).toBeVisible();
  const run = (type: string, name: string, params: object) =>
    callApi(page, 'POST', `/libraries/${slug}/operations`, { type, selection: { paths: [folder + name] }, params });
  await run('move', 'rocket.jpg', { to: folder, name: 'one.jpg' });
  await run('move', 'one.jpg', { to: folder, name: 'two.jpg' });
  await run('trash', 'cat.png', {});

  await page.goto(`/activity/${slug}?${new URLSearchParams({ path: folder, type: 'operation' })}`);
  await expect(page.getByRole('button', { name: /Undo these 4/ })).toBeVisible();
  for (const words of [/to two.jpg/, /to one.jpg/]) {
    const item = page.getByRole('listitem').filter({ hasText: words });
    await item.hover();
    await item.getByRole('checkbox').click();
  }
  await page.getByRole('button', { name: 'Undo these 2' }).click();
  await expect(page.getByRole('dialog')).toContainText('2 files are put back');
  await expectAccessible(page);
  await page.getByRole('dialog').getByRole('button', { name: 'Undo 2 changes' }).click();
  await expect(toast(page, /2 changes undone/)).toBeVisible();
  expect(await shape(`${folder}rocket.jpg`)).toEqual(['version']);
  expect((await shape(`${folder}two.jpg`))[0]).toBe('marker');
  expect((await shape(`${folder}cat.png`))[0]).toBe('marker');
});
