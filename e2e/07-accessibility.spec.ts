import { librarySlug, openDetails, openFolder, pickFiles, row } from './support/library.ts';
import { expect, expectAccessible, mediaFile, test } from './support/test.ts';

for (const theme of ['light', 'dark'] as const) {
  test(`axe finds nothing on any page, ${theme}`, async ({ adminPage: page, folder }) => {
    test.setTimeout(420_000);
    await page.emulateMedia({ colorScheme: theme });
    const slug = await librarySlug(page);
    await openFolder(page, folder);
    await expectAccessible(page);
    await pickFiles(page, [mediaFile('holiday/cat.png'), mediaFile('holiday/rocket.jpg')]);
    await expect(row(page, 'cat.png')).toBeVisible();
    await openDetails(page, 'cat.png');
    await expectAccessible(page);
    await page.keyboard.press('g');
    await expectAccessible(page);
    await page.keyboard.press('g');
    await page.keyboard.press('?');
    await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+k');
    await expect(page.getByRole('combobox', { name: 'Command palette' })).toBeFocused();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await pickFiles(page, mediaFile('holiday/cat.png'));
    await expect(page.getByRole('dialog')).toBeVisible();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    for (const path of [
      `/browse/${slug}/nothing-here-at-all`,
      `/trash/${slug}`,
      `/activity/${slug}`,
      '/uploads',
      '/account',
      '/api-docs',
      '/admin/jobs',
      '/admin/users',
      '/admin/store',
      '/admin/index',
      '/admin/index/add',
    ]) {
      await page.goto(path);
      // Pages in the frame always wait for changes, so the network is never idle.
      await expect(page.getByRole('heading', { level: 1 })).toBeAttached();
      await page.waitForTimeout(1_000);
      await expectAccessible(page);
    }
  });

  test(`axe finds nothing on the sign-in page, ${theme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme });
    await page.goto('/sign-in');
    await expect(page.getByLabel('Email')).toBeVisible();
    await expectAccessible(page);
  });
}

test('nothing scrolls sideways at 320 px, and a phone has its own header and tabs', async ({
  adminPage: page,
  folder,
}) => {
  const slug = await openFolder(page, folder);
  await pickFiles(page, [mediaFile('holiday/cat.png'), mediaFile('holiday/rocket.jpg')]);
  await expect(row(page, 'cat.png')).toBeVisible();
  await page.setViewportSize({ width: 320, height: 568 });
  for (const path of [
    `/browse/${slug}/${folder}`,
    `/browse/${slug}/${folder}?view=grid&sort=-modified`,
    `/trash/${slug}`,
    `/activity/${slug}`,
    '/uploads',
    '/account',
    '/admin/users',
    '/admin/store',
  ]) {
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.getByRole('navigation', { name: 'Tabs' })).toBeVisible();
    const over = await page.evaluate(() =>
      [...document.querySelectorAll('main, [data-browse-scroller]')].map(
        (scroller) => scroller.scrollWidth - scroller.clientWidth,
      ),
    );
    expect(Math.max(...over), path).toBeLessThanOrEqual(1);
    expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(320);
  }
});
