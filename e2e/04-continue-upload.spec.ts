import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { storeEndpoint } from './support/environment.ts';
import { openFolder, pickFiles } from './support/library.ts';
import { headOf } from './support/store.ts';
import { callApi, expect, test } from './support/test.ts';

const mib = 1024 * 1024;

test('a large upload goes on after a reload and sends only what is missing', async ({ adminPage: page, folder }) => {
  test.setTimeout(240_000);
  const dir = mkdtempSync(join(tmpdir(), 'strata-e2e-'));
  try {
    const file = join(dir, 'film.mov');
    writeFileSync(file, randomBytes(80 * mib));
    await openFolder(page, folder);

    // Two of five parts may pass before the page is reloaded; the others wait on the wire.
    const isPart = (url: URL) => url.origin === new URL(storeEndpoint).origin && url.searchParams.has('partNumber');
    let held = true;
    await page.route(isPart, async (route) => {
      const number = Number(new URL(route.request().url()).searchParams.get('partNumber'));
      if (held && route.request().method() === 'PUT' && number > 2) return;
      await route.continue();
    });
    await pickFiles(page, file);
    let id = '';
    await expect(async () => {
      const { uploads } = (await callApi(page, 'GET', '/uploads?state=open')).body;
      id = uploads.find((upload: { path: string }) => upload.path === `${folder}film.mov`)?.id ?? '';
      const { storedParts } = (await callApi(page, 'GET', `/uploads/${id}`)).body;
      expect(storedParts).toHaveLength(2);
    }).toPass({ timeout: 120_000 });

    page.on('dialog', (dialog) => dialog.accept());
    await page.reload();
    held = false;
    // The waiting requests went with the page; nothing is intercepted from here, since that copies every body.
    await page.unroute(isPart);

    const sentAgain: number[] = [];
    page.on('request', (request) => {
      const url = new URL(request.url());
      if (isPart(url) && request.method() === 'PUT') sentAgain.push(Number(url.searchParams.get('partNumber')));
    });
    await page.goto('/uploads');
    const waiting = page.getByRole('listitem').filter({ hasText: 'film.mov' });
    await expect(waiting).toBeVisible();
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      waiting.getByRole('button', { name: 'Choose the file again' }).click(),
    ]);
    await chooser.setFiles(file);
    await expect(async () => expect((await headOf(`${folder}film.mov`)).ContentLength).toBe(80 * mib)).toPass({
      timeout: 120_000,
    });
    await expect(async () => {
      expect((await callApi(page, 'GET', `/uploads/${id}`)).body.upload.state).toBe('completed');
    }).toPass();
    expect([...new Set(sentAgain)].sort()).toEqual([3, 4, 5]);
    expect(sentAgain).toHaveLength(3);
  } finally {
    rmSync(dir, { recursive: true });
  }
});
