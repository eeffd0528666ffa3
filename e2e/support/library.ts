import { expect, type Page } from '@playwright/test';
import { callApi, librarySlugOf, mediaFile } from './test.ts';

/** The slug of the library that the tests use: that of the set-up. Specs may add others beside it. */
export async function librarySlug(page: Page): Promise<string> {
  return librarySlugOf(await callApi(page, 'GET', '/libraries'));
}

/** Makes the folder of a test and opens it. */
export async function openFolder(page: Page, path: string): Promise<string> {
  const slug = await librarySlug(page);
  const made = await callApi(page, 'POST', `/libraries/${slug}/operations`, {
    type: 'create-folder',
    selection: { paths: [path] },
  });
  expect(made.status, JSON.stringify(made.body)).toBe(200);
  await page.goto(`/browse/${slug}/${path.split('/').filter(Boolean).map(encodeURIComponent).join('/')}`);
  await expect(page.getByRole('banner').getByRole('button', { name: 'Upload', exact: true })).toBeVisible();
  return slug;
}

/** Picks files for the folder that is open, as the menu does. */
export async function pickFiles(
  page: Page,
  files: Parameters<ReturnType<Page['locator']>['setInputFiles']>[0],
): Promise<void> {
  await page.locator('input[data-upload=files]').setInputFiles(files);
}

export async function pickFolder(page: Page, folder: string): Promise<void> {
  await page.locator('input[data-upload=folder]').setInputFiles(mediaFile(folder));
}

export const row = (page: Page, name: string) => page.getByRole('row', { name, exact: true });

/** Chooses one entry and opens its details panel with the key for it. */
export async function openDetails(page: Page, name: string): Promise<void> {
  await row(page, name).click();
  const panel = page.getByRole('region', { name: 'Versions' }).or(page.locator('section[aria-label=Versions]')).first();
  // Where there is room a click opens the panel by itself, and the key would close it again.
  const opened = await panel.waitFor({ timeout: 3_000 }).then(
    () => true,
    () => false,
  );
  if (!opened) await page.keyboard.press('i');
  await expect(panel).toBeVisible();
}

export const versionRows = (page: Page) => page.locator('section[aria-label=Versions] li[data-version]');
