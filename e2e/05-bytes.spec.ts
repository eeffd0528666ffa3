import { statSync } from 'node:fs';
import { appUrl, storeEndpoint } from './support/environment.ts';
import { openFolder, pickFolder, row } from './support/library.ts';
import { expect, mediaFile, test } from './support/test.ts';

test('no media byte passes the app', async ({ adminPage: page, folder }) => {
  await openFolder(page, folder);
  const sent = { app: 0, store: 0 };
  const received = { app: 0 };
  const apiAnswers: Promise<void>[] = [];
  const counted: Promise<void>[] = [];
  page.on('requestfinished', (request) => {
    const { origin } = new URL(request.url());
    // What went over the wire: a body that is a Blob is not in `postData`.
    const count = async () => {
      const length = Number((await request.allHeaders())['content-length'] ?? 0);
      if (origin === new URL(appUrl).origin) sent.app += length;
      else if (origin === new URL(storeEndpoint).origin && request.method() === 'PUT') sent.store += length;
    };
    counted.push(count());
  });
  page.on('response', (response) => {
    const url = new URL(response.url());
    if (url.origin !== new URL(appUrl).origin || !url.pathname.startsWith('/api/')) return;
    const type = response.headers()['content-type'] ?? '';
    const isRedirect = response.status() >= 300 && response.status() < 400;
    if (isRedirect) return;
    apiAnswers.push(
      response.body().then(
        (body) => {
          received.app += body.length;
          expect(type, url.pathname).toMatch(/^application\/(problem\+)?json/);
        },
        // A long poll that ends with the page has no body.
        () => {},
      ),
    );
  });
  await pickFolder(page, 'holiday');
  await row(page, 'holiday').dblclick();
  await expect(row(page, 'rocket.jpg')).toBeVisible();
  await row(page, 'film').dblclick();
  await expect(row(page, 'bigbuckbunny.mp4')).toBeVisible();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    (async () => {
      await row(page, 'bigbuckbunny.mp4').hover();
      await page.getByRole('button', { name: 'Download bigbuckbunny.mp4' }).click();
    })(),
  ]);
  expect(statSync(await download.path()).size).toBe(statSync(mediaFile('holiday/film/bigbuckbunny.mp4')).size);
  await Promise.all([...apiAnswers, ...counted]);

  const media = ['rocket.jpg', 'coffee.png', 'cat.png', 'sky/hubble_deep_field.jpg', 'film/bigbuckbunny.mp4'];
  const bytes = media.reduce((sum, name) => sum + statSync(mediaFile(`holiday/${name}`)).size, 0);
  expect(sent.store).toBe(bytes);
  expect(sent.app).toBeLessThan(20_000);
  expect(received.app).toBeLessThan(200_000);
});
