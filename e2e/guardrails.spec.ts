import { foreignPolicy, lifecycleOf, makeBucketByOthers, policyOf, versioningOf } from './support/other-buckets.ts';
import { callApi, expect, expectAccessible, test } from './support/test.ts';

/** From whatever the bucket was to green, with nothing but the mouse; what others put there stays. */
for (const { from, misconfigured } of [
  { from: 'a bare bucket', misconfigured: false },
  { from: 'a public one without versioning and with rules of others', misconfigured: true },
])
  test(`an admin brings ${from} to green`, async ({ adminPage: page }) => {
    const { bucket, remove } = await makeBucketByOthers({ misconfigured });
    const slug = `guard-${Date.now().toString(36)}`;
    const added = await callApi(page, 'POST', '/admin/libraries', { bucket, name: 'Guarded', slug });
    expect(added.status, JSON.stringify(added.body)).toBe(201);

    await page.goto(`/browse/${slug}`);
    await page.getByRole('link', { name: 'Guardrails' }).click();
    const list = page.getByRole('region', { name: 'All guardrails' });
    await expect(list.getByText(/not on this store/)).toBeVisible();
    const failing = list.getByRole('button', { name: /Fails/ });
    await expect(failing.first()).toBeVisible();
    if (misconfigured) await expectAccessible(page);
    // Some make others hold too: without versioning there is no delete marker, and so not every right of the app.
    while ((await failing.count()) > 0) {
      const title = await failing.first().locator('b').textContent();
      await failing.first().click();
      await page.getByRole('button', { name: 'Apply and probe' }).click();
      await expect(page.getByText(`${title} is in force`)).toBeVisible();
    }
    await expect(list.getByText('7 of 7')).toBeVisible();
    expect(await versioningOf(bucket)).toBe('Enabled');
    await list.getByRole('button', { name: /CORS for this site/ }).click();
    await page.getByRole('button', { name: 'Probe again' }).click();
    await expect(page.getByText('Your browser sent a file to the store')).toBeVisible();

    if (misconfigured) {
      const { Statement } = await policyOf(bucket);
      expect(Statement.map(({ Sid }: { Sid: string }) => Sid)).toEqual(['Website', 'StrataNoAnonymous']);
      expect(Statement[0]).toMatchObject(foreignPolicy(bucket));
      expect((await lifecycleOf(bucket)).map(({ ID }) => ID)).toEqual(['by-hand']);
      await list.getByRole('button', { name: /No anonymous reading/ }).click();
      await page.getByRole('button', { name: 'Take back' }).click();
      await expect(failing).toHaveCount(1);
      expect((await policyOf(bucket)).Statement).toHaveLength(1);
    }
    await page.getByRole('button', { name: 'Past checks' }).click();
    await expect(page.getByText(/You put in force: Versioning/)).toBeVisible();

    // Else the specs after this one would find a library without a bucket first.
    const removed = await callApi(page, 'DELETE', `/admin/libraries/${slug}?confirm=${slug}`);
    expect(removed.status, JSON.stringify(removed.body)).toBe(200);
    await remove();
  });
