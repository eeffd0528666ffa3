import { openFolder, pickFiles, row } from './support/library.ts';
import { callApi, expect, test } from './support/test.ts';

const texts = (count: number) =>
  Array.from({ length: count }, (_, at) => ({
    name: `file-${String(at).padStart(3, '0')}.txt`,
    mimeType: 'text/plain',
    buffer: Buffer.from('x'.repeat(at + 1)),
  }));

test('back and up return to the same row and pixel', async ({ adminPage: page, folder }) => {
  const slug = await openFolder(page, folder);
  await callApi(page, 'POST', `/libraries/${slug}/operations`, {
    type: 'create-folder',
    selection: { paths: [`${folder}inside/`] },
  });
  await pickFiles(page, texts(60));
  await expect(row(page, 'file-000.txt')).toBeVisible();
  await expect(page.getByText('60 items').filter({ visible: true })).toBeVisible();

  const scroller = page.locator('[data-browse-scroller]');
  await scroller.evaluate((element) => element.scrollTo(0, 900));
  await expect(row(page, 'file-030.txt')).toBeInViewport();
  await row(page, 'file-030.txt').click();
  const top = await scroller.evaluate((element) => element.scrollTop);
  await page.keyboard.press('Backspace');
  await page.waitForURL((url) => url.pathname === `/browse/${slug}`);
  await expect(row(page, folder.replace('/', ''))).toBeFocused();
  await page.goBack();
  await expect(row(page, 'file-030.txt')).toBeFocused();
  expect(await scroller.evaluate((element) => element.scrollTop)).toBe(top);
});

test('what somebody else does appears without a reload', async ({ adminPage: page, folder, makePerson, pageOf }) => {
  const slug = await openFolder(page, folder);
  const other = await pageOf(await makePerson([{ prefix: folder, role: 'contributor' }]));
  await other.goto(`/browse/${slug}/${folder}`);
  await expect(other.getByText('This folder is empty')).toBeVisible();
  await pickFiles(page, texts(1));
  await expect(row(other, 'file-000.txt')).toBeVisible();
  await row(other, 'file-000.txt').click();
  await other.keyboard.press('Delete');
  await expect(row(other, 'file-000.txt')).toHaveCount(0);
  await expect(row(page, 'file-000.txt')).toHaveCount(0);
});

test('orders hold over the whole folder and stand in the address', async ({ adminPage: page, folder }) => {
  await openFolder(page, folder);
  await pickFiles(page, texts(30));
  await expect(page.getByText('30 items').filter({ visible: true })).toBeVisible();
  const first = page.locator('[role=row][data-entry]').first();
  await page.getByRole('columnheader', { name: 'Size' }).getByRole('button').click();
  await expect(page.getByRole('columnheader', { name: 'Size' })).toHaveAttribute('aria-sort', 'descending');
  await expect(first).toHaveAttribute('aria-label', 'file-029.txt');
  await page.getByRole('columnheader', { name: 'Size' }).getByRole('button').click();
  await expect(first).toHaveAttribute('aria-label', 'file-000.txt');
  await page.keyboard.press('g');
  await expect(page.getByRole('gridcell', { name: /^file-000\.txt/ })).toBeVisible();
  expect(new URL(page.url()).search).toContain('sort=size');
  expect(new URL(page.url()).search).toContain('view=grid');
  await page.reload();
  const tile = page.getByRole('gridcell', { name: /^file-004\.txt/ });
  await expect(tile).toBeVisible();
  // The details, which take place from the pictures, wait for the second click.
  await tile.dblclick();
  await expect(page.getByRole('dialog', { name: 'file-004.txt' })).toBeVisible();
});

test('a range, a new folder and the way in and out, by keyboard', async ({ adminPage: page, folder }) => {
  await openFolder(page, folder);
  await pickFiles(page, texts(5));
  await expect(row(page, 'file-004.txt')).toBeVisible();
  await row(page, 'file-000.txt').click();
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  await expect(page.getByRole('toolbar', { name: 'Selection' })).toContainText('3 selected');
  await page.keyboard.press('Control+a');
  await expect(page.getByRole('toolbar', { name: 'Selection' })).toContainText('5 selected');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('toolbar', { name: 'Selection' })).toHaveCount(0);

  await page.keyboard.press('n');
  await expect(page.getByRole('dialog').getByLabel('Name')).toBeFocused();
  await page.keyboard.type('a/b');
  await page.keyboard.press('Enter');
  await expect(page.getByText('A name cannot hold a slash')).toBeVisible();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('Größe 100% #1');
  await page.keyboard.press('Enter');
  await expect(row(page, 'Größe 100% #1')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByText('This folder is empty')).toBeVisible();
  await page.keyboard.press('Backspace');
  await expect(row(page, 'Größe 100% #1')).toBeFocused();
});
