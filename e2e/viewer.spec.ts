import { phonePhoto, pngOfOneGrey } from '../scripts/testing/media.ts';
import { openFolder, pickFiles, row } from './support/library.ts';
import { expect, expectAccessible, mediaFile, test } from './support/test.ts';

/** Black, 8 x 8 pixels, as scanners write pages: JBIG2 (ITU-T T.88), a page and one region of it. */
const scan =
  '00000000300001000000130000000800000008000000000000000000000000000001260001000000190000000800000008000000000000000000' +
  '0126a2fffe002002';
const pdf = Buffer.from(
  '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n' +
    '3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 420 595]/Contents 4 0 R/Resources<</XObject<</S 5 0 R>>>>>>endobj\n' +
    '4 0 obj<</Length 30>>stream\nq 300 0 0 300 20 20 cm /S Do Q\nendstream endobj\n' +
    '5 0 obj<</Type/XObject/Subtype/Image/Width 8/Height 8/BitsPerComponent 1/ColorSpace/DeviceGray' +
    `/Filter[/ASCIIHexDecode/JBIG2Decode]/Length ${scan.length + 1}>>stream\n${scan}>\nendstream endobj\n` +
    'trailer<</Root 1 0 R>>\n%%EOF\n',
  'latin1',
);
const script = '<script>window.strataRan = true</script>';

test('files are looked at: pictures, films, documents, texts, and what cannot be shown says why', async ({
  adminPage: page,
  folder,
}) => {
  await openFolder(page, folder);
  await pickFiles(page, [
    { name: 'a-photo.jpg', mimeType: 'image/jpeg', buffer: await phonePhoto(2_400, 1_800) },
    { name: 'b-bomb.png', mimeType: 'image/png', buffer: pngOfOneGrey(20_000, 10_000) },
    {
      name: 'c-drawing.svg',
      mimeType: 'image/svg+xml',
      buffer: Buffer.from(
        `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="6">${script}<rect width="9" height="6"/></svg>`,
      ),
    },
    { name: 'd-page.html', mimeType: 'text/html', buffer: Buffer.from(`<!doctype html>${script}<p>Hello`) },
    { name: 'e-notes.md', mimeType: 'text/markdown', buffer: Buffer.from('# Notes\n\nfirst\n') },
    { name: 'f-paper.pdf', mimeType: 'application/pdf', buffer: pdf },
    {
      name: 'z-cut-off.mp4',
      mimeType: 'video/mp4',
      buffer: Buffer.from('000000186674797069736f6d0000020069736f6d69736f32', 'hex'),
    },
  ]);
  await pickFiles(page, [mediaFile('holiday/film/bigbuckbunny.mp4')]);
  await expect(row(page, 'bigbuckbunny.mp4')).toBeVisible();

  // The thumbnail comes without a reload.
  const thumbnail = row(page, 'a-photo.jpg').locator('img').first();
  await expect(thumbnail).toHaveJSProperty('complete', true);
  await expect(async () =>
    expect(await thumbnail.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(240),
  ).toPass();

  const ranges: number[] = [];
  page.on('response', (answer) => {
    if (answer.request().resourceType() === 'media' && !answer.url().includes('/api/')) ranges.push(answer.status());
  });
  await row(page, 'a-photo.jpg').click();
  await page.keyboard.press('Enter');
  const viewer = page.getByRole('dialog');
  await expect(viewer.getByText(/^1 of 8 in/)).toBeVisible();
  await expect(page).toHaveURL(/look=\d+/);
  const picture = viewer.getByRole('img', { name: 'a-photo.jpg' });
  await expect(picture).toBeVisible();
  const details = viewer.getByRole('complementary', { name: 'Details' });
  await expect(details).toContainText('Fairphone FP5');
  await expect(details).toContainText('1/250 s, f/1.8, ISO 100');
  await expect(details.getByRole('link', { name: /on a map/ })).toHaveAttribute(
    'href',
    /openstreetmap\.org.*mlat=52\.52/,
  );
  await expectAccessible(page);

  // What is said stands at the foot of the window, not above the bars that the viewer covers.
  await details.getByRole('button', { name: 'image/jpeg' }).click();
  const said = page.locator('[data-toast]').filter({ hasText: /opied/ });
  await expect(said).toBeVisible();
  const { y, height } = (await said.boundingBox()) ?? { y: 0, height: 0 };
  expect(y + height).toBeGreaterThan(750);

  // At 100 % the original is there, pixel for pixel.
  await page.keyboard.press('1');
  await expect(viewer.getByText('100 %')).toBeVisible();
  await expect(async () => {
    const widths = await viewer
      .locator('[data-picture] img')
      .evaluateAll((all) => all.map((img) => (img as HTMLImageElement).naturalWidth));
    expect(Math.max(...widths)).toBe(1_800);
  }).toPass();
  await page.keyboard.press('0');
  await expect(viewer.getByText('Fit', { exact: true })).toBeVisible();

  await page.keyboard.press('ArrowRight');
  await expect(viewer.getByText('20,000 x 10,000').first()).toBeVisible();
  // By name the film comes next.
  await page.keyboard.press('ArrowRight');
  await expect(viewer.locator('video')).toBeVisible();
  await page.keyboard.press('ArrowRight');
  // What the server drew of it, not the drawing itself.
  await expect(viewer.getByText('This is a picture of the drawing')).toBeVisible();
  const drawn = viewer.locator('[data-picture] img').last();
  await expect(drawn).toHaveAttribute('src', /as=preview/);
  await expect.poll(() => drawn.evaluate((img) => (img as HTMLImageElement).naturalWidth)).toBe(1_600);
  await page.keyboard.press('ArrowRight');
  await expect(viewer.getByText('A page is shown as text, never run.')).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await expect(viewer.getByText('# Notes')).toBeVisible();
  expect(await page.evaluate(() => 'strataRan' in window)).toBe(false);

  await page.keyboard.press('ArrowRight');
  const first = viewer.getByRole('img', { name: 'Page 1' });
  await expect(async () => {
    // The black square of the page, at its foot.
    const dark = await first.evaluate((node) => {
      const canvas = node as HTMLCanvasElement;
      const pixel = canvas.getContext('2d')?.getImageData(canvas.width * 0.3, canvas.height * 0.8, 1, 1).data;
      return pixel?.[3] === 255 && (pixel?.[0] ?? 255) < 40;
    });
    expect(dark).toBe(true);
  }).toPass();

  // Esc leads back to the file that was looked at last.
  await page.keyboard.press('Escape');
  await expect(viewer).toBeHidden();
  await expect(row(page, 'f-paper.pdf')).toBeFocused();

  // A film plays straight from the store, in ranges.
  await row(page, 'bigbuckbunny.mp4').dblclick();
  const film = viewer.locator('video');
  await film.evaluate((node) => {
    const video = node as HTMLVideoElement;
    video.muted = true;
    return video.play();
  });
  await expect(async () =>
    expect(await film.evaluate((node) => (node as HTMLVideoElement).currentTime)).toBeGreaterThan(0.2),
  ).toPass();
  expect(ranges).toContain(206);
  await page.goBack();
  await expect(viewer).toBeHidden();

  // A film that no browser can play has its reason in place of a player that does nothing.
  await row(page, 'z-cut-off.mp4').dblclick();
  await expect(viewer.getByText('No preview')).toBeVisible();
  await expect(viewer.locator('video')).toHaveCount(0);
});

test('two versions are compared, by picture and by text', async ({ adminPage: page, folder }) => {
  await openFolder(page, folder);
  const put = async (name: string, mimeType: string, bodies: Buffer[]) => {
    for (const [at, buffer] of bodies.entries()) {
      await pickFiles(page, { name, mimeType, buffer });
      if (at === 0) {
        await expect(row(page, name)).toBeVisible();
        continue;
      }
      await page
        .getByRole('dialog')
        .getByRole('radio', { name: /Replace/ })
        .click();
      await page.getByRole('dialog').getByRole('button', { name: 'Continue' }).click();
      await expect(row(page, name)).toContainText('2');
    }
  };
  await put('photo.jpg', 'image/jpeg', [await phonePhoto(600, 400), await phonePhoto(900, 600)]);
  await put('text.md', 'text/markdown', [Buffer.from('one\ntwo\nthree\n'), Buffer.from('one\nzwei\nthree\n')]);

  await row(page, 'photo.jpg').dblclick();
  const viewer = page.getByRole('dialog');
  await expect(viewer.getByRole('region', { name: 'Versions' }).getByRole('button')).toHaveCount(2);
  await page.keyboard.press('c');
  const divider = viewer.getByRole('slider', { name: 'Divider' });
  await expect(divider).toHaveAttribute('aria-valuenow', '50');
  await divider.focus();
  await page.keyboard.press('Shift+ArrowRight');
  await expect(divider).toHaveAttribute('aria-valuenow', '60');
  await expect(viewer.getByRole('row', { name: /Dimensions/ })).toContainText('400');
  await expectAccessible(page);
  await viewer.getByRole('radio', { name: 'Difference' }).click();
  await expect(divider).toBeHidden();
  await expect(page).toHaveURL(/against=/);

  // One step back out of the comparison, one out of the file.
  await page.keyboard.press('Escape');
  await expect(viewer.getByRole('button', { name: 'Compare' })).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await expect(viewer.getByRole('button', { name: /^Version 1, 14 bytes/ })).toBeVisible();
  await page.keyboard.press('c');
  await expect(viewer.getByText('Removed')).toBeAttached();
  await expect(viewer.getByText('zwei', { exact: true })).toBeVisible();
  await expect(viewer.getByText('two', { exact: true })).toBeVisible();
});
