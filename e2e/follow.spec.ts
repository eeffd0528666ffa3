import { openFolder, row } from './support/library.ts';
import { deleteFromStore, putByOthers, versionsOf } from './support/store.ts';
import { expect, test } from './support/test.ts';

/** Another tool at the store, past the app: the open page shows what it did, by the store's own events. */
test('what another tool puts into the bucket and deletes there shows on the open page', async ({
  adminPage: page,
  folder,
}) => {
  await openFolder(page, folder);
  await expect(page.getByText('This folder is empty')).toBeVisible();
  let loads = 0;
  page.on('load', () => {
    loads += 1;
  });

  const key = `${folder}by another tool + 1.txt`;
  await putByOthers(key, 'hello');
  await expect(row(page, 'by another tool + 1.txt')).toBeVisible();
  await putByOthers(key, 'hello again');
  await expect(row(page, 'by another tool + 1.txt')).toContainText('11');
  expect(await versionsOf(key)).toHaveLength(2);

  await deleteFromStore(key);
  await expect(row(page, 'by another tool + 1.txt')).toHaveCount(0);
  await expect(page.getByText('This folder is empty')).toBeVisible();
  expect(loads).toBe(0);
});

test('the foot of the page says that events follow the bucket', async ({ adminPage: page }) => {
  await page.goto('/');
  await expect(page.getByText(/^Index live/)).toBeVisible();
});
