import { admin } from './support/environment.ts';
import { expect, signIn, test } from './support/test.ts';

test('somebody who is not signed in is sent to sign in and back again', async ({ page }) => {
  await page.goto('/account');
  await expect(page).toHaveURL(/\/sign-in/);
  await expect(page.getByLabel('Email')).toBeFocused();
  await page.getByLabel('Email').fill(admin.email);
  await page.getByLabel('Password', { exact: true }).fill(admin.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL(/\/account/);
});

test('a wrong password and an unknown person get the same answer', async ({ page }) => {
  const said: string[] = [];
  for (const email of [admin.email, 'nobody@test.invalid']) {
    await page.goto('/sign-in');
    await page.getByLabel('Email').fill(email);
    await page.getByLabel('Password', { exact: true }).fill('not the password');
    await page.getByRole('button', { name: 'Sign in' }).click();
    const alert = page.getByText('That email and password do not match');
    await expect(alert).toBeVisible();
    said.push((await alert.textContent()) ?? '');
  }
  expect(said[0]).toBe(said[1]);
});

test('the admin signs in, finds the library and signs out', async ({ page }) => {
  await signIn(page, admin);
  await page.goto('/');
  await expect(page).toHaveURL(/\/browse\//);
  await expect(page.getByRole('banner').getByRole('button', { name: 'Upload', exact: true })).toBeVisible();
  await page.goto('/account');
  await page.getByRole('button', { name: 'Sign out', exact: true }).first().click();
  await expect(page).toHaveURL(/\/sign-in/);
  await page.goto('/account');
  await expect(page).toHaveURL(/\/sign-in/);
});
