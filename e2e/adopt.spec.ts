import { row } from './support/library.ts';
import { deleteFrom, keysIn, makeBucketByOthers, putInto } from './support/other-buckets.ts';
import { expect, expectAccessible, test } from './support/test.ts';

/** A bucket that another tool filled: looked at, added, browsed; what changes behind the app's back is found, repaired, and proven gone. */
test('an admin adopts a filled bucket, proves the index after changes from outside, and lets go of it again', async ({
  adminPage: page,
}) => {
  const { bucket, remove } = await makeBucketByOthers({ misconfigured: false });
  await putInto(
    bucket,
    Array.from({ length: 24 }, (_, n) => `shoots/day-${n % 3}/IMG_${String(n).padStart(4, '0')}.jpg`),
  );
  const before = await keysIn(bucket);

  await page.goto('/admin/index');
  await page.getByRole('link', { name: 'Add a library' }).click();
  await page.getByRole('textbox', { name: 'Bucket' }).fill(bucket);
  await page.getByRole('button', { name: 'Look at this bucket' }).click();
  await expect(page.getByText(/^24 files with 24 versions/)).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('textbox', { name: 'Name' }).fill('Adopted');
  const slug = await page.getByRole('textbox', { name: 'Address' }).inputValue();
  await page.getByRole('button', { name: 'Add this library' }).click();
  await page.getByRole('link', { name: 'Browse it' }).click();
  // From the store until it is indexed, then from the index.
  await expect(
    row(page, 'shoots')
      .or(page.getByRole('link', { name: 'shoots' }))
      .first(),
  ).toBeVisible();
  await page.goto(`/browse/${slug}/shoots/day-1`);
  await expect(page.getByText('IMG_0001.jpg').first()).toBeVisible();

  await page.goto('/admin/index');
  const block = page.getByRole('region', { name: 'Adopted' });
  await expect(block.getByText('Indexed', { exact: true })).toBeVisible();
  await putInto(bucket, ['shoots/day-1/IMG_0001.jpg', 'shoots/day-9/new one.jpg']);
  await deleteFrom(bucket, ['shoots/day-2/IMG_0002.jpg']);
  await block.getByRole('button', { name: 'Compare only' }).click();
  await expect(block.getByText(/^3 differences in 3 folders\. Nothing was changed yet\./)).toBeVisible();
  await block.getByRole('button', { name: 'Repair 3' }).click();
  await expect(block.getByText('Equal', { exact: true })).toBeVisible();
  await expectAccessible(page);
  await page.goto(`/browse/${slug}/shoots/day-9`);
  await expect(page.getByText('new one.jpg').first()).toBeVisible();

  const held = await keysIn(bucket);
  expect(held).toHaveLength(before.length);
  expect(held).not.toEqual(before);
  await page.goto('/admin/index');
  await block.getByRole('button', { name: 'More for Adopted' }).click();
  await page.getByRole('menuitem', { name: 'Prepare all thumbnails' }).click();
  const dialog = page.getByRole('dialog', { name: /^Prepare all thumbnails/ });
  await expect(dialog.getByText('Read from the bucket, at most')).toBeVisible();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await block.getByRole('button', { name: 'More for Adopted' }).click();
  await page.getByRole('menuitem', { name: 'Remove the library' }).click();
  await page.getByRole('textbox', { name: /^Type/ }).fill(slug);
  await page.getByRole('button', { name: 'Remove the library' }).click();
  await expect(block).toHaveCount(0);
  expect(await keysIn(bucket)).toEqual(held);
  await remove();
});
