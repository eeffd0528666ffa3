import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { admin } from './support/environment.ts';
import { openFolder, pickFiles, row } from './support/library.ts';
import { headOf, putByOthers, versionsOf } from './support/store.ts';
import { openStoreWire, type StoreWire } from './support/store-wire.ts';
import { test as base, callApi, expect, mediaFile } from './support/test.ts';

/** A page of the admin whose way to the store is a wire that the test holds, and a folder on disk. */
const test = base.extend<{ wire: StoreWire; page: Page; disk: string }>({
  wire: async ({}, use) => {
    const wire = await openStoreWire();
    await use(wire);
    await wire.close();
  },
  page: async ({ pageOf, wire }, use) => use(await pageOf(admin, { proxy: wire.proxy })),
  disk: async ({}, use) => {
    const disk = mkdtempSync(join(tmpdir(), 'strata-e2e-'));
    await use(disk);
    rmSync(disk, { recursive: true });
  },
});

const mib = 1024 * 1024;
const dock = (page: Page) => page.getByRole('region', { name: 'Transfers' });
const transfer = (page: Page, name: string) => dock(page).getByRole('listitem', { name, exact: true });
const isPart = (url: URL, number: number) => url.searchParams.get('partNumber') === String(number);
const someFile = (disk: string, name: string, bytes: number) => {
  const path = join(disk, name);
  writeFileSync(path, randomBytes(bytes));
  return path;
};

test('a store without a CORS rule for this page is named as that, and retry sends once it has one', async ({
  page,
  wire,
  folder,
}) => {
  await openFolder(page, folder);
  wire.withoutCors = true;
  await pickFiles(page, mediaFile('holiday/cat.png'));
  await expect(transfer(page, 'cat.png')).toHaveAttribute('data-state', 'failed');
  await expect(transfer(page, 'cat.png')).toContainText('Store blocks this page');
  await expect(page.getByText(/its CORS rules do not let this page send to it/).first()).toBeVisible();
  expect(await versionsOf(`${folder}cat.png`)).toEqual([]);

  wire.withoutCors = false;
  await dock(page).getByRole('button', { name: 'Retry failed' }).click();
  await expect(row(page, 'cat.png')).toBeVisible();
  expect(await versionsOf(`${folder}cat.png`)).toHaveLength(1);
});

test('a lost network is waited for, and only what is missing is sent when it is back', async ({
  page,
  wire,
  folder,
  disk,
}) => {
  await openFolder(page, folder);
  wire.fate = (url) => (isPart(url, 1) ? 'pass' : 'hold');
  await pickFiles(page, someFile(disk, 'film.mov', 40 * mib));
  await expect.poll(() => wire.heldCount(), { timeout: 60_000 }).toBe(2);
  await expect.poll(() => wire.sent).toEqual(['1']);
  const [session] = (await callApi(page, 'GET', '/uploads?state=open')).body.uploads.filter(
    (upload: { path: string }) => upload.path === `${folder}film.mov`,
  );
  await expect(async () => {
    const { storedParts } = (await callApi(page, 'GET', `/uploads/${session.id}`)).body;
    expect(storedParts.map((part: { number: number }) => part.number)).toEqual([1]);
  }).toPass();

  await page.context().setOffline(true);
  wire.cutAll();
  await expect(dock(page).getByText(/^Waiting for the network, 0 of 1 kept$/)).toBeVisible();
  expect(await versionsOf(`${folder}film.mov`)).toEqual([]);

  wire.fate = () => 'pass';
  await page.context().setOffline(false);
  await expect(dock(page).getByText('1 file uploaded')).toBeVisible({ timeout: 90_000 });
  expect((await headOf(`${folder}film.mov`)).ContentLength).toBe(40 * mib);
  expect(wire.sent.toSorted()).toEqual(['1', '2', '3']);
  await expect(row(page, 'film.mov')).toBeVisible();
});

test('a picture that was copied is pasted into the open folder', async ({ page, folder }) => {
  const slug = await openFolder(page, folder);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(64, 48);
    canvas.getContext('2d')?.fillRect(8, 8, 20, 20);
    const png = await canvas.convertToBlob({ type: 'image/png' });
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': png })]);
  });
  await page.locator('[data-browse-scroller]').focus();
  await page.keyboard.press('Control+v');
  const pasted = page.getByRole('row', { name: /^pasted \d{4}-\d\d-\d\d \d\d\.\d\d\.\d\d\.png$/ });
  await expect(pasted).toBeVisible();
  const { entries } = (await callApi(page, 'GET', `/libraries/${slug}/entries?path=${encodeURIComponent(folder)}`))
    .body;
  expect(entries).toHaveLength(1);
  const stored = await headOf(entries[0].path);
  expect(stored.ContentType).toBe('image/png');
  expect(stored.ContentLength).toBeGreaterThan(50);
});

test('a file that was begun elsewhere is offered to go on there, and only the rest is sent', async ({
  page,
  wire,
  folder,
  disk,
}) => {
  const slug = await openFolder(page, folder);
  const film = someFile(disk, 'film.mov', 40 * mib);
  wire.fate = (url) => (isPart(url, 1) ? 'pass' : 'hold');
  await pickFiles(page, film);
  await expect.poll(() => wire.heldCount(), { timeout: 60_000 }).toBe(2);
  await expect(async () => {
    const { uploads } = (await callApi(page, 'GET', '/uploads?state=open')).body;
    const begun = uploads.find((upload: { path: string }) => upload.path === `${folder}film.mov`);
    expect(begun.storedBytes).toBe(16 * mib);
  }).toPass();
  page.on('dialog', (dialog) => dialog.accept());
  await page.goto('about:blank');
  wire.cutAll();

  const other = `${folder}other/`;
  // The page asks for unfinished uploads when it opens.
  const asked = page.waitForResponse((answer) => answer.url().includes('/api/v1/uploads?state=open'));
  await openFolder(page, other);
  await asked;
  // The answer is there; the engine has taken it in once the navigation says so.
  await expect(page.getByRole('link', { name: /to continue/ })).toBeVisible();
  // Not before: the browser tries what was cut once more by itself, also for a page that is gone.
  wire.fate = () => 'pass';
  await pickFiles(page, film);
  const question = page.getByRole('dialog', { name: /Continue the upload of film\.mov\?/ });
  await expect(question).toContainText(`${folder}film.mov`);
  await expect(question).toContainText('are kept there and are not sent again');
  await question.getByRole('button', { name: 'Continue it there' }).click();
  await expect(async () => expect((await headOf(`${folder}film.mov`)).ContentLength).toBe(40 * mib)).toPass({
    timeout: 90_000,
  });
  expect(await versionsOf(`${other}film.mov`)).toEqual([]);
  expect(wire.sent.toSorted()).toEqual(['1', '2', '3']);
  await page.goto(`/browse/${slug}/${folder}`);
  await expect(row(page, 'film.mov')).toBeVisible();
});

for (const [answer, kept] of [
  ['Replace', ['2 versions']],
  ['Keep both', ['1 version', 'a second file']],
] as const) {
  test(`someone who is faster is seen at the end, and ${answer} keeps ${kept.join(' and ')}`, async ({
    page,
    wire,
    folder,
    disk,
  }) => {
    await openFolder(page, folder);
    wire.fate = (url) => (isPart(url, 2) ? 'hold' : 'pass');
    await pickFiles(page, someFile(disk, 'film.mov', 20 * mib));
    await expect.poll(() => wire.heldCount(), { timeout: 60_000 }).toBe(1);
    await putByOthers(`${folder}film.mov`, 'theirs');
    wire.release();
    wire.fate = () => 'pass';

    await expect(transfer(page, 'film.mov')).toContainText('Someone was faster');
    await transfer(page, 'film.mov').getByRole('button', { name: 'Decide' }).click();
    const question = page.getByRole('dialog');
    await expect(question).toContainText('Someone else put a file of this name there while yours was being sent.');
    await question.getByRole('radio', { name: new RegExp(answer) }).click();
    await expect(question).toContainText(/Nothing is sent again\./);
    await expect(question).toContainText(/It is sent once more/);
    await question.getByRole('button', { name: 'Continue' }).click();

    await expect(dock(page).getByText('1 file uploaded')).toBeVisible({ timeout: 90_000 });
    const [newest, ...older] = await versionsOf(`${folder}film.mov`);
    if (answer === 'Replace') {
      expect(newest).toMatchObject({ size: 20 * mib, isLatest: true });
      expect(older).toMatchObject([{ size: 6 }]);
      expect(wire.sent.toSorted()).toEqual(['1', '2']);
    } else {
      expect([newest, ...older]).toMatchObject([{ size: 6, isLatest: true }]);
      expect((await headOf(`${folder}film (2).mov`)).ContentLength).toBe(20 * mib);
      expect(wire.sent.toSorted()).toEqual(['1', '1', '2', '2']);
      await expect(row(page, 'film (2).mov')).toBeVisible();
    }
  });
}
