import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDetails, openFolder, pickFiles, pickFolder, row, versionRows } from './support/library.ts';
import { headOf, versionsOf } from './support/store.ts';
import { expect, mediaFile, test } from './support/test.ts';

test('a folder of real photos and a video keeps its shape, is overwritten and an old version comes back', async ({
  adminPage: page,
  folder,
  makePerson,
  pageOf,
}) => {
  const slug = await openFolder(page, folder);
  await pickFolder(page, 'holiday');
  await row(page, 'holiday').dblclick();
  for (const name of ['rocket.jpg', 'coffee.png', 'cat.png', 'sky', 'film'])
    await expect(row(page, name)).toBeVisible();
  await row(page, 'film').dblclick();
  await expect(row(page, 'bigbuckbunny.mp4')).toBeVisible();

  // The store holds what was on the disk, byte for byte by length, with checksum and type.
  const video = await headOf(`${folder}holiday/film/bigbuckbunny.mp4`);
  expect(video.ContentLength).toBe(readFileSync(mediaFile('holiday/film/bigbuckbunny.mp4')).length);
  expect(video.ContentType).toBe('video/mp4');
  expect(video.ChecksumCRC64NVME).toBeTruthy();
  expect(video.ServerSideEncryption).toBe('AES256');

  // A folder that is dropped arrives with what is empty in it, too.
  const dropped = await mkdtemp(join(tmpdir(), 'strata-drop-'));
  await mkdir(join(dropped, 'trip/nothing yet'), { recursive: true });
  await writeFile(join(dropped, 'trip/notes.txt'), 'one line');
  const devtools = await page.context().newCDPSession(page);
  const data = { items: [], files: [join(dropped, 'trip')], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await devtools.send('Input.dispatchDragEvent', { type, x: 700, y: 500, data });
  await row(page, 'trip').dblclick();
  await expect(row(page, 'notes.txt')).toBeVisible();
  await row(page, 'nothing yet').dblclick();
  await expect(page.getByText('This folder is empty')).toBeVisible();
  await rm(dropped, { recursive: true });

  // The same name again: a question before a byte is sent.
  await page.goto(`/browse/${slug}/${folder}holiday`);
  const other = { name: 'cat.png', mimeType: 'image/png', buffer: readFileSync(mediaFile('replacement.png')) };
  await pickFiles(page, other);
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('cat.png already exists')).toBeVisible();
  expect(await versionsOf(`${folder}holiday/cat.png`)).toHaveLength(1);
  await dialog.getByRole('radio', { name: /Replace/ }).click();
  await dialog.getByRole('button', { name: 'Continue' }).click();
  await expect(async () => expect(await versionsOf(`${folder}holiday/cat.png`)).toHaveLength(2)).toPass();

  await pickFiles(page, other);
  await expect(dialog.getByText('cat.png already exists')).toBeVisible();
  await dialog.getByRole('button', { name: 'Continue' }).click();
  await expect(row(page, 'cat (2).png')).toBeVisible();

  // A contributor sees the history and may not restore from it; the server says so too.
  const person = await makePerson([{ prefix: folder, role: 'contributor' }]);
  const theirs = await pageOf(person);
  await theirs.goto(`/browse/${slug}/${folder}holiday`);
  await openDetails(theirs, 'cat.png');
  await expect(versionRows(theirs)).toHaveCount(2);
  await versionRows(theirs).nth(1).hover();
  await expect(theirs.getByRole('button', { name: 'Restore version 1' })).toHaveAttribute('aria-disabled', 'true');

  // The admin brings version 1 back: a third version with the bytes of the first.
  await openDetails(page, 'cat.png');
  await versionRows(page).nth(1).hover();
  await page.getByRole('button', { name: 'Restore version 1' }).click();
  await expect(versionRows(page)).toHaveCount(3);
  await expect(versionRows(page).first()).toContainText('Current');
  const versions = await versionsOf(`${folder}holiday/cat.png`);
  expect(versions).toHaveLength(3);
  const [now, , first] = await Promise.all(
    versions.map(({ versionId }) => headOf(`${folder}holiday/cat.png`, versionId)),
  );
  expect(now?.ChecksumCRC64NVME).toBe(first?.ChecksumCRC64NVME);
  expect(now?.ContentType).toBe('image/png');
});

test('a folder that a contributor may not see looks like one that is not there', async ({
  adminPage,
  folder,
  makePerson,
  pageOf,
}) => {
  const slug = await openFolder(adminPage, folder);
  const page = await pageOf(await makePerson([{ prefix: `${folder}inside/`, role: 'contributor' }]));
  await page.goto(`/browse/${slug}/not-granted-at-all`);
  await expect(page.getByText('Nothing here that you may see')).toBeVisible();
  const missing = (await page.getByRole('main').textContent()) ?? '';
  await page.goto(`/browse/${slug}/${folder}other`);
  await expect(page.getByText('Nothing here that you may see')).toBeVisible();
  expect((await page.getByRole('main').textContent())?.replaceAll(/\S*other\S*/g, '')).toBe(
    missing.replaceAll(/\S*not-granted-at-all\S*/g, ''),
  );
});

test('names of every kind arrive as they were given', async ({ adminPage: page, folder }) => {
  await openFolder(page, folder);
  const names = [
    'a b+c.txt',
    '100%.txt',
    '#1?.txt',
    '📷 été.txt',
    'صورة.txt',
    'empty.txt',
    `${'long '.repeat(49)}.txt`,
  ];
  await pickFiles(
    page,
    names.map((name) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(name === 'empty.txt' ? '' : name) })),
  );
  for (const name of names) {
    await expect(async () => expect(await versionsOf(`${folder}${name}`), name).toHaveLength(1)).toPass();
  }
  await expect(row(page, 'صورة.txt')).toBeVisible();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    (async () => {
      await row(page, '📷 été.txt').hover();
      await page.getByRole('button', { name: 'Download 📷 été.txt' }).click();
    })(),
  ]);
  expect(download.suggestedFilename()).toBe('📷 été.txt');
});
