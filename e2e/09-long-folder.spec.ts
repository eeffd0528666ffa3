import type { Page } from '@playwright/test';
import { emptyFolder, fillFolder } from '../scripts/bench/pages/fill-folder.mjs';
import { expect, expectAccessible, test } from './support/test.ts';

/** 100,000 when somebody asks for it (LONG_FOLDER); the rules are the same for some pages and some months. */
const count = Number(process.env.LONG_FOLDER ?? 2_400);
const name = `long-${Date.now()}`;

test.beforeAll(async () => {
  const { DATABASE_URL } = process.env;
  if (!DATABASE_URL) throw new Error('DATABASE_URL is not set. Run the end-to-end tests with `npm test -- e2e`.');
  await fillFolder(DATABASE_URL, { path: `${name}/`, count, folders: 3 });
});

test.afterAll(async () => emptyFolder(process.env.DATABASE_URL ?? '', `${name}/`));

const scroller = (page: Page) => page.locator('[data-browse-scroller]');
const number = (value: number) => value.toLocaleString('en');

async function open(page: Page, query: string): Promise<void> {
  await page.goto('/');
  await page.waitForURL(/\/browse\//);
  await page.goto(`${new URL(page.url()).pathname}/${name}${query}`);
  await expect(page.locator('[data-entry^=a]').first()).toBeVisible();
}

test('both ends of a long list are one key away, and the scrollbar is true', async ({ adminPage: page }) => {
  await open(page, '');
  const rows = page.getByRole('grid', { name });
  await expect(rows).toHaveAttribute('aria-rowcount', String(count + 3 + 1));
  expect(await scroller(page).evaluate((element) => element.scrollHeight)).toBeGreaterThan(count * 36);
  await page.locator('[data-entry]').first().click();
  // While the far end is on its way the list itself has the keyboard: Tab finds it again, and keys go on from there.
  const far = Promise.withResolvers<void>();
  await page.route(/\/entries\?.*only=assets/, (route) => far.promise.then(() => route.continue()));
  await page.keyboard.press('End');
  await expect(rows).toBeFocused();
  await page.keyboard.press('Shift+Tab');
  await expect(rows).not.toBeFocused();
  await page.keyboard.press('Tab');
  await expect(rows).toBeFocused();
  await page.keyboard.press('Home');
  await expect(page.getByRole('row', { name: 'part-1' })).toBeFocused();
  await page.keyboard.press('End');
  far.resolve();
  const last = page.locator(`[aria-rowindex="${count + 4}"]`);
  await expect(last).toBeFocused();
  await expect(last).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Home');
  await expect(page.getByRole('row', { name: 'part-1' })).toBeFocused();
  // A key right after what lay over the list is the list's, also while that still fades.
  for (const open of [
    () => page.keyboard.press('Shift+F10'),
    () => page.getByRole('button', { name: 'More for part-1' }).click(),
  ]) {
    await open();
    await expect(page.getByRole('menu')).toBeVisible();
    await page.keyboard.press('Escape');
    await page.keyboard.press('ArrowDown');
    await expect(page.getByRole('row', { name: 'part-2' })).toBeFocused();
    await page.keyboard.press('ArrowUp');
  }
  // The middle is read without what lies before it.
  await scroller(page).evaluate((element) => element.scrollTo(0, element.scrollHeight / 2));
  await expect(page.locator(`[aria-rowindex="${Math.round(count / 2) + 10}"][data-entry]`)).toBeInViewport();
});

test('a grid by month: heads with true counts, no shift while it is read', async ({ adminPage: page }) => {
  await open(page, '?view=grid&sort=-modified');
  const heads = page.getByRole('rowheader');
  await expect(heads.first()).toContainText(/^[A-Z][a-z]+ \d{4}\d+ items?$/);
  await scroller(page).hover();
  for (let turns = 0; turns < 8; turns += 1) {
    await page.mouse.wheel(0, 900);
    await page.waitForTimeout(150);
  }
  await expect(page.locator('[data-entry^=a]').last()).toBeVisible();
  const shifted = await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let sum = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[])
            if (!entry.hadRecentInput) sum += entry.value;
        }).observe({ type: 'layout-shift', buffered: true });
        setTimeout(() => resolve(sum), 300);
      }),
  );
  expect(shifted).toBeLessThan(0.05);
  const drawn = await page.getByRole('grid', { name }).evaluate((grid) => ({
    items: grid.querySelectorAll('[data-entry]').length,
    nodes: grid.querySelectorAll('*').length,
  }));
  expect(drawn.nodes / drawn.items).toBeLessThanOrEqual(25);
  await expectAccessible(page);
});

test('ranges and all of a folder are chosen without reading it first', async ({ adminPage: page }) => {
  await open(page, '');
  // The page comes with its first 200; its true length follows.
  await expect(page.getByRole('grid', { name })).toHaveAttribute('aria-rowcount', String(count + 4));
  const bar = page.getByRole('toolbar', { name: 'Selection' });
  await page.locator('[data-entry]').first().click();
  await page.keyboard.press('Shift+End');
  const wanted = Math.min(count + 3, 10_000);
  await expect(bar).toContainText(`${number(wanted)} selected`);
  // Nothing is done to a part of it: what can be done waits until all of it was read.
  await bar.getByRole('button', { name: 'Move', exact: true }).and(page.locator(':not([aria-disabled])')).click();
  await expect(page.getByRole('dialog')).toContainText(`${number(wanted)} items`);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Home');
  await page.keyboard.press('Control+a');
  await bar.getByRole('button', { name: /^Select all/ }).click();
  await expect(bar).toContainText(`${number(count + 3 > 10_000 ? count : count + 3)} selected`);
  await page.keyboard.press('Escape');
  await expect(bar).toHaveCount(0);
});

test('a drag over empty space chooses what it touches', async ({ adminPage: page }) => {
  await open(page, '?view=grid');
  const first = await page.locator('[data-entry^=a]').first().boundingBox();
  const third = await page.locator('[data-entry^=a]').nth(2).boundingBox();
  if (!first || !third) throw new Error('The tiles are not laid out.');
  await page.mouse.move(first.x - 6, first.y + 30);
  await page.mouse.down();
  await page.mouse.move(first.x + 40, first.y + 50, { steps: 4 });
  await page.mouse.move(third.x + 10, third.y + 60, { steps: 4 });
  await page.mouse.up();
  await expect(page.getByRole('toolbar', { name: 'Selection' })).toContainText('3 selected');
});

test('columns are chosen and sized, and remembered', async ({ adminPage: page }) => {
  await open(page, '');
  // The grip of a column stands in its head and is part of its name.
  const head = (label: string) => page.getByRole('columnheader', { name: new RegExp(`^${label}`) });
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Class' }).click();
  await page.keyboard.press('Escape');
  await expect(head('Class')).toHaveCount(0);
  const before = await head('Kind').boundingBox();
  await page.getByRole('separator', { name: 'Width of Kind' }).focus();
  for (let presses = 0; presses < 5; presses += 1) await page.keyboard.press('ArrowLeft');
  await expect.poll(async () => (await head('Kind').boundingBox())?.width).toBe((before?.width ?? 0) + 40);
  await page.reload();
  await expect(head('Kind')).toBeVisible();
  await expect(head('Class')).toHaveCount(0);
  await expect.poll(async () => (await head('Kind').boundingBox())?.width).toBe((before?.width ?? 0) + 40);
});

test('the palette finds files, folders and commands, and goes there', async ({ adminPage: page }) => {
  await open(page, '?view=grid');
  await page.keyboard.press('Control+k');
  const field = page.getByRole('combobox', { name: 'Command palette' });
  await expect(field).toBeFocused();
  await field.fill('part 2');
  await expect(page.getByRole('option', { name: /part-2/ }).first()).toBeVisible();
  await expectAccessible(page);
  await field.fill('> grid');
  await expect(page.getByRole('option')).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(page).not.toHaveURL(/view=grid/);
  await page.keyboard.press('Control+k');
  await field.fill('part-3');
  await page
    .getByRole('option', { name: /part-3/ })
    .first()
    .click();
  await page.waitForURL((url) => url.pathname.endsWith(`/${name}/part-3`));
});
