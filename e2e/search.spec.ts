import { openFolder, pickFiles, row } from './support/library.ts';
import { callApi, expect, expectAccessible, test } from './support/test.ts';

const file = (name: string, text = 'x') => ({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });

test('a file is found by parts of its name while typing, opened, and Esc restores the folder', async ({
  adminPage: page,
  folder,
}) => {
  const slug = await openFolder(page, folder);
  await callApi(page, 'POST', `/libraries/${slug}/operations`, {
    type: 'create-folder',
    selection: { paths: [`${folder}elsewhere/`] },
  });
  const many = Array.from({ length: 28 }, (_, at) => file(`heap-${String(at).padStart(2, '0')}.txt`));
  await pickFiles(page, [file('Ångström jetty in fog.txt'), file('jetty-at-dusk.md'), ...many]);
  await expect(page.getByText('30 items').filter({ visible: true })).toBeVisible();
  const scroller = page.locator('[data-browse-scroller]');
  await scroller.evaluate((element) => element.scrollTo(0, 240));
  await row(page, 'heap-15.txt').click();
  const top = await scroller.evaluate((element) => element.scrollTop);

  await page.keyboard.press('/');
  const field = page.getByRole('searchbox');
  await expect(field).toBeFocused();
  await page.keyboard.type('FOG angstrom');
  await expect(row(page, 'Ångström jetty in fog.txt')).toBeVisible();
  await expect(row(page, 'jetty-at-dusk.md')).toHaveCount(0);
  await expect(page.locator('mark', { hasText: 'Ångström' })).toBeVisible();
  await expect(page.locator('[data-search-result]')).toHaveText(/^1 in [\d,]+ ms$/);
  expect(new URL(page.url()).searchParams.get('q')).toBe('FOG angstrom');
  await expectAccessible(page);

  await page.keyboard.press('ArrowDown');
  await expect(row(page, 'Ångström jetty in fog.txt')).toBeFocused();
  await page.keyboard.press('/');
  await expect(field).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(field).toHaveCount(0);
  await expect(row(page, 'heap-15.txt')).toBeFocused();
  expect(await scroller.evaluate((element) => element.scrollTop)).toBe(top);

  // What was sought is offered again; the address alone brings a search back.
  await page.keyboard.press('/');
  await page.getByRole('button', { name: 'FOG angstrom' }).click();
  await expect(row(page, 'Ångström jetty in fog.txt')).toBeVisible();
  await page.reload();
  await expect(row(page, 'Ångström jetty in fog.txt')).toBeVisible();
  await expect(page.getByRole('searchbox')).toHaveValue('FOG angstrom');
});

test('filters narrow, say what they are, and a search that finds nothing offers the nearest that does', async ({
  adminPage: page,
  folder,
}) => {
  const slug = await openFolder(page, folder);
  const word = folder.replace(/\W/g, '').slice(-12);
  await pickFiles(page, [file(`${word}.md`, 'y'.repeat(2_000_000)), file(`${word}-small.json`)]);
  await expect(row(page, `${word}.md`)).toBeVisible();
  await callApi(page, 'POST', `/libraries/${slug}/operations`, {
    type: 'create-folder',
    selection: { paths: [`${folder}inside/`] },
  });

  await page.goto(`/browse/${slug}/${folder}?q=${word}`);
  await expect(row(page, `${word}-small.json`)).toBeVisible();
  await page.getByRole('button', { name: 'Size: any' }).click();
  await page.getByRole('menuitemradio', { name: '1 to 10 MB' }).click();
  await expect(row(page, `${word}-small.json`)).toHaveCount(0);
  await expect(row(page, `${word}.md`)).toBeVisible();
  await page.getByRole('button', { name: 'Uploaded: any' }).click();
  await page.getByRole('menuitem', { name: 'Other days' }).click();
  await page.getByRole('dialog').getByLabel('Days').fill('before 2020');
  await expect(page.getByRole('dialog')).toContainText('Until 31 Dec 2019');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Show these days' }).click();
  await expect(page.getByText(`Nothing matches “${word}”`)).toBeVisible();
  await page.getByRole('button', { name: 'Clear all' }).click();
  await expect(row(page, `${word}-small.json`)).toBeVisible();

  await page.goto(`/browse/${slug}/${folder}inside?q=${word}`);
  await expect(page.getByText(`Nothing matches “${word}” in inside`)).toBeVisible();
  await expect(page.getByText('2 files match in the whole library.')).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Search everywhere' }).click();
  await expect(row(page, `${word}.md`)).toBeVisible();
  expect(new URL(page.url()).searchParams.get('in')).toBe('everywhere');
});
