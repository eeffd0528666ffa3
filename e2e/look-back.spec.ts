import type { Page } from '@playwright/test';
import { phonePhoto } from '../scripts/testing/media.ts';
import { openFolder, pickFiles, row } from './support/library.ts';
import { versionsOf } from './support/store.ts';
import { expect, expectAccessible, test } from './support/test.ts';
import { readZip } from './support/zip.ts';

const notes = (text: string) => ({ name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from(text) });

test('looking back shows what was, opens it and brings it back; nothing else can be done there', async ({
  adminPage: page,
  folder,
}) => {
  await openFolder(page, folder);
  await pickFiles(page, [
    { name: 'boats.jpg', mimeType: 'image/jpeg', buffer: await phonePhoto(800, 600) },
    notes('first words\n'),
    { name: 'unchanged.txt', mimeType: 'text/plain', buffer: Buffer.from('the same ever since') },
  ]);
  await expect(row(page, 'boats.jpg')).toBeVisible();
  await expect(row(page, 'notes.txt')).toBeVisible();
  await expect(row(page, 'unchanged.txt')).toBeVisible();
  // The field takes whole seconds: what follows happens after the next one.
  const moment = new Date(Math.ceil((Date.now() + 1) / 1_000) * 1_000);
  await expect.poll(() => Date.now()).toBeGreaterThan(moment.getTime());
  await pickFiles(page, notes('second words\n'));
  await page.getByRole('radio', { name: /Replace/ }).click();
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect.poll(async () => (await versionsOf(`${folder}notes.txt`)).length).toBe(2);
  await row(page, 'boats.jpg').click();
  await page.keyboard.press('Delete');
  await expect(row(page, 'boats.jpg')).toBeHidden();

  await page.keyboard.press('l');
  const bar = page.getByRole('region', { name: 'Look back' });
  await expect(bar.getByRole('slider', { name: 'Moment' })).toBeFocused();
  await expect(page).toHaveURL(/[?&]at=/);
  await expect(page.getByRole('banner').getByRole('button', { name: 'Upload', exact: true })).toBeHidden();
  await bar.getByRole('button', { name: /^As of/ }).click();
  await page.getByLabel('Day and time').fill(await localText(page, moment));
  await page.getByRole('button', { name: 'Show this moment' }).click();
  const boats = row(page, 'boats.jpg, Deleted since');
  const text = row(page, 'notes.txt, 1 version since');
  await expect(boats).toBeVisible();
  await expect(text).toBeVisible();
  await expect(bar).toContainText('2 files differ from now.');
  await expect(row(page, 'unchanged.txt')).toBeVisible();
  await page.getByRole('radio', { name: 'Only what differs' }).click();
  await expect(page).toHaveURL(/[?&]show=different/);
  await expect(row(page, 'unchanged.txt')).toBeHidden();
  await expect(text).toBeVisible();
  await expectAccessible(page);
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download as ZIP' }).click(),
  ]);
  expect(saved.suggestedFilename()).toMatch(/ as of \d{4}-\d\d-\d\d \d\d\.\d\d\.\d\d\.zip$/);
  const files = readZip(await saved.path());
  expect([...files.keys()].map((name) => name.split('/').pop()).sort()).toEqual([
    'boats.jpg',
    'notes.txt',
    'unchanged.txt',
  ]);
  expect([...files].find(([name]) => name.endsWith('notes.txt'))?.[1].toString()).toBe('first words\n');

  // A key that changes something says why it does not.
  await text.click();
  await page.keyboard.press('Delete');
  await expect(page.getByText('The past cannot be changed.').first()).toBeAttached();
  await expect(text).toBeVisible();
  expect(await versionsOf(`${folder}notes.txt`)).toHaveLength(2);

  await page.keyboard.press('Enter');
  const viewer = page.getByRole('dialog', { name: /^(notes|boats)/ });
  await expect(viewer.getByText('first words')).toBeVisible();
  await expect(viewer.getByText(/^As of/)).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('ArrowLeft');
  await expect(viewer.getByRole('img', { name: 'boats.jpg' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(viewer).toBeHidden();

  await boats.click();
  await page.keyboard.press('r');
  const plan = page.getByRole('dialog', { name: /^Restore boats\.jpg to/ });
  await plan.getByRole('button', { name: 'Restore 1 file' }).click();
  await plan.getByRole('button', { name: 'Done' }).click();
  // It does not differ any longer, and nothing has become of it since.
  await expect(page.getByRole('row', { name: /^boats/ })).toBeHidden();
  await page.getByRole('radio', { name: 'Everything then' }).click();
  await expect(row(page, 'boats.jpg')).toBeVisible();
  expect((await versionsOf(`${folder}boats.jpg`)).map(({ isDeleteMarker }) => isDeleteMarker)).toEqual([false]);

  // To the beginning, and before it; Back leads to where one came from.
  await bar.getByRole('slider').press('Home');
  await expect(bar.getByRole('button', { name: 'Earlier change' })).toHaveAttribute('aria-disabled', 'true');
  await expect(page.getByRole('row', { name: /boats|notes|unchanged/ }).first()).toBeVisible();
  await bar.getByRole('slider').press('Shift+ArrowLeft');
  await expect(page.getByText('This folder was not there then')).toBeVisible();
  await bar.getByRole('button', { name: 'Back to now' }).click();
  await expect(bar).toBeHidden();
  await expect(page).not.toHaveURL(/[?&]at=/);
  await expect(row(page, 'boats.jpg')).toBeVisible();
  await expect(row(page, 'notes.txt')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Look back' })).toBeFocused();
});

/** As a field for day and time takes it, in the zone of the browser. */
function localText(page: Page, at: Date): Promise<string> {
  return page.evaluate((ms) => {
    const offset = new Date(ms).getTimezoneOffset() * 60_000;
    return new Date(ms - offset).toISOString().slice(0, 19);
  }, at.getTime());
}
