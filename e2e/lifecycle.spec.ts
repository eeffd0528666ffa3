import { openFolder, pickFiles, row } from './support/library.ts';
import { lifecycleOf, versionsOf } from './support/store.ts';
import { callApi, expect, expectAccessible, test } from './support/test.ts';

test('an admin begins with a template, sees what it does, puts it in force by keyboard grips and takes it back', async ({
  adminPage: page,
  folder,
}) => {
  const slug = await openFolder(page, folder);
  await pickFiles(page, [{ name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from('x') }]);
  await expect(page.getByText('1 item').filter({ visible: true }).first()).toBeVisible();

  await page.getByRole('link', { name: 'Lifecycle' }).click();
  await page.getByRole('button', { name: 'Begin with this' }).first().click();
  await page.getByRole('textbox', { name: 'Folder' }).fill(folder);
  await expect(page.getByText('S3 takes this rule as it is.')).toBeVisible();
  await expect(page.getByText('in 12 months')).toBeVisible();
  await expectAccessible(page);

  const grip = page.getByRole('slider', { name: 'Glacier Flexible from day' });
  await grip.focus();
  await page.keyboard.press('Shift+ArrowRight');
  await expect(grip).toHaveAttribute('aria-valuenow', '97');
  // Standard-IA keeps a file 30 days: the grip stays where S3 lets it.
  for (let press = 0; press < 8; press += 1) await page.keyboard.press('Shift+ArrowLeft');
  await expect(grip).toHaveAttribute('aria-valuenow', '60');

  await page.getByRole('button', { name: 'Review and save' }).click();
  await page.getByRole('button', { name: 'Save 1 rule' }).click();
  await expect(page.getByText('1 rule in force').first()).toBeVisible();
  const rules = await lifecycleOf();
  expect(rules.every(({ Filter }) => Filter?.Prefix === folder)).toBe(true);
  const steps = rules.flatMap(({ Transitions }) => Transitions ?? []);
  expect(steps.map(({ Days, StorageClass }) => [Days, StorageClass])).toEqual([
    [30, 'STANDARD_IA'],
    [60, 'GLACIER'],
    [365, 'DEEP_ARCHIVE'],
  ]);

  await page.getByRole('button', { name: 'Past rules' }).click();
  await page.getByRole('button', { name: 'Take what was before' }).first().click();
  await page.getByRole('button', { name: 'Review and save' }).click();
  await page.getByRole('button', { name: 'Save 0 rules' }).click();
  await expect.poll(lifecycleOf).toEqual([]);
  const { body } = await callApi(page, 'GET', `/libraries/${slug}/activity`);
  expect(body.activity.filter(({ type }: { type: string }) => type === 'lifecycle.changed')).toHaveLength(2);
});

test('an admin puts a file into another storage class, sees why not into the rest, and takes it back', async ({
  adminPage: page,
  folder,
}) => {
  await openFolder(page, folder);
  await pickFiles(page, [{ name: 'c.txt', mimeType: 'text/plain', buffer: Buffer.from('0123456789') }]);
  await row(page, 'c.txt').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Storage class…' }).click();
  const dialog = page.getByRole('dialog');
  // What MinIO takes was found out by trying: none of its tiers, which only rules reach.
  await expect(dialog.getByRole('radio', { name: 'Standard-IA' })).toBeDisabled();
  await expect(dialog.getByText('Refused by this store. A lifecycle rule can move files here').first()).toBeVisible();
  await dialog.getByRole('radio', { name: 'Reduced Redundancy' }).click();
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Change 1 file' }).click();
  await expect(page.getByText('Storage class of c.txt changed').first()).toBeVisible();
  const classes = async () => (await versionsOf(`${folder}c.txt`)).map(({ storageClass }) => storageClass);
  expect(await classes()).toEqual(['REDUCED_REDUNDANCY', 'STANDARD']);
  await page.getByRole('button', { name: 'Undo' }).first().click();
  await expect.poll(classes).toEqual(['STANDARD', 'REDUCED_REDUNDANCY', 'STANDARD']);
});

test('the cost page measures the library and says what each figure is made of', async ({ adminPage: page, folder }) => {
  await openFolder(page, folder);
  await pickFiles(page, [{ name: 'b.txt', mimeType: 'text/plain', buffer: Buffer.from('0123456789') }]);
  await expect(page.getByText('1 item').filter({ visible: true }).first()).toBeVisible();
  await page.getByRole('link', { name: 'Cost' }).click();
  await expect(page.getByRole('heading', { name: 'By folder' })).toBeVisible();
  await page.getByRole('button', { name: 'Measure again' }).click();
  await expect(page.getByRole('rowheader', { name: folder, exact: true })).toBeVisible();
  await expectAccessible(page);
});
