import { callApi, expect, expectAccessible, signIn, test } from './support/test.ts';

const viewer = [{ prefix: '', role: 'viewer' as const }];

test.describe('signing in', () => {
  test('strangers come back to where they wanted to go; a wrong password is told and forgotten', async ({
    page,
    makePerson,
  }) => {
    const person = await makePerson(viewer);
    await page.goto('/account?from=mail');
    await expect(page).toHaveURL(/\/sign-in\?returnTo=%2Faccount%3Ffrom%3Dmail$/);
    await expect(page.getByLabel('Email')).toBeFocused();
    await expectAccessible(page);
    await page.getByLabel('Email').fill(person.email);
    await page.getByLabel('Password', { exact: true }).fill('not the password');
    const before = await page.getByRole('button', { name: 'Sign in' }).boundingBox();
    await page.keyboard.press('Enter');
    await expect(page.getByText('That email and password do not match.')).toBeVisible();
    expect(await page.getByRole('button', { name: 'Sign in' }).boundingBox()).toEqual(before);
    await expect(page.getByLabel('Password', { exact: true })).toBeFocused();
    await expectAccessible(page);

    await page.keyboard.type(person.password);
    await page.getByRole('button', { name: 'Show password' }).click();
    await expect(page.getByLabel('Password', { exact: true })).toHaveValue(person.password);
    await expect(page.getByLabel('Password', { exact: true })).toHaveAttribute('type', 'text');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page).toHaveURL(/\/account\?from=mail$/);
  });

  test('both fields are what password managers look for, and nothing of the password is ever in an address', async ({
    page,
  }) => {
    await page.goto('/sign-in');
    const form = page.locator('form');
    await expect(form).toHaveAttribute('method', 'post');
    await expect(form.locator('input[type=email][name=email][autocomplete=username]')).toHaveCount(1);
    await expect(form.locator('input[type=password][name=password][autocomplete=current-password]')).toHaveCount(1);
  });

  test('Caps Lock is told', async ({ page }) => {
    await page.goto('/sign-in');
    const press = (on: boolean) =>
      page.getByLabel('Password', { exact: true }).evaluate((input, modifierCapsLock) => {
        input.dispatchEvent(new KeyboardEvent('keydown', { key: 'A', bubbles: true, modifierCapsLock }));
      }, on);
    await expect(page.getByLabel('Email')).toBeFocused();
    await press(true);
    await expect(page.getByText('Caps Lock is on')).toBeVisible();
    await press(false);
    await expect(page.getByText('Caps Lock is on')).toBeHidden();
  });

  test('after too many tries the button counts down, and then lets in', async ({ page, makePerson }) => {
    const person = await makePerson(viewer);
    await page.goto('/sign-in');
    await page.getByLabel('Email').fill(person.email);
    const button = page.locator('form button[type=submit], form button[aria-disabled=true]').last();
    for (let round = 1; round <= 6; round += 1) {
      await page.getByLabel('Password', { exact: true }).fill('not the password');
      const answer = page.waitForResponse('**/api/auth/callback/credentials');
      await button.click();
      await answer;
      await expect(page.getByText('That email and password do not match.')).toBeVisible();
    }
    await expect(button).toHaveText(/Wait [1-5] s/);
    await expect(button).toHaveAttribute('aria-disabled', 'true');
    await page.getByLabel('Password', { exact: true }).fill(person.password);
    await expect(button).toHaveText('Sign in', { timeout: 90_000 });
    await button.click();
    await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
  });

  test('signing out by the menu ends the session', async ({ makePerson, pageOf }) => {
    const page = await pageOf(await makePerson(viewer));
    await page.goto('/account');
    await page.getByRole('button', { name: /^Account of/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await expect(page).toHaveURL(/\/sign-in$/);
    expect((await callApi(page, 'GET', '/me')).status).toBe(401);
  });
});

test.describe('the account page', () => {
  test('a new password signs the other browser out and keeps this one', async ({ makePerson, pageOf }) => {
    const person = await makePerson(viewer);
    const [here, there] = [await pageOf(person), await pageOf(person)];
    await there.goto('/account');
    await here.goto('/account');
    await expectAccessible(here);
    await here.getByLabel('Current password').fill('not the password');
    await here.getByLabel('New password').fill('a much better password');
    await here.getByRole('button', { name: 'Change password' }).click();
    await expect(here.getByText('That is not your password.')).toBeVisible();
    await here.getByLabel('Current password').fill(person.password);
    await here.getByLabel('New password').fill('short');
    await here.getByRole('button', { name: 'Change password' }).click();
    await expect(here.getByText('Use at least 10 characters.')).toBeVisible();
    await here.getByLabel('New password').fill('a much better password');
    await here.getByRole('button', { name: 'Change password' }).click();
    await expect(here.getByText('Password changed, 1 other browser signed out')).toBeVisible();
    await expect(
      here.getByRole('list', { name: 'Browsers where you are signed in' }).getByRole('listitem'),
    ).toHaveCount(1);

    await there.reload();
    await expect(there.getByText('You were signed out because your password changed.')).toBeVisible();
    await expectAccessible(there);
    await signIn(there, { ...person, password: 'a much better password' });
  });

  test('another browser is ended, then all of them', async ({ makePerson, pageOf }) => {
    const person = await makePerson(viewer);
    const [here, there] = [await pageOf(person), await pageOf(person)];
    await here.goto('/account');
    await here.getByRole('button', { name: 'End' }).click();
    await expect(here.getByRole('button', { name: 'End' })).toHaveCount(0);
    expect((await callApi(there, 'GET', '/me')).status).toBe(401);
    await here.getByRole('button', { name: 'Sign out everywhere' }).click();
    const dialog = here.getByRole('dialog');
    await expect(dialog).toContainText('Ends 1 session, this browser too.');
    await dialog.getByRole('button', { name: 'Sign out everywhere' }).click();
    await expect(here).toHaveURL(/\/sign-in$/);
  });

  test('a token is shown once, works, and stops when it is revoked', async ({ makePerson, pageOf, request }) => {
    const page = await pageOf(await makePerson(viewer));
    await page.goto('/account');
    await page.getByRole('button', { name: 'New token' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('nightly import');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Create token' }).click();
    const secret = await page.getByLabel('Secret').inputValue();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await expect(page.getByLabel('Secret')).toBeVisible();
    await page.getByRole('button', { name: 'Done' }).click();
    await expect(page.getByRole('list', { name: 'API tokens' })).toContainText('nightly import');
    expect(await page.content()).not.toContain(secret);

    const headers = { authorization: `Bearer ${secret}` };
    expect((await request.get('/api/v1/me', { headers })).status()).toBe(200);
    await page.getByRole('button', { name: 'Revoke' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke token' }).click();
    await expect(page.getByText('No tokens')).toBeVisible();
    expect((await request.get('/api/v1/me', { headers })).status()).toBe(401);
  });
});

test.describe('people', () => {
  test('an admin adds a person, who signs in with the password that was shown once', async ({ adminPage, browser }) => {
    const email = `${crypto.randomUUID()}@test.invalid`;
    await adminPage.goto('/admin/users');
    await expectAccessible(adminPage);
    await adminPage.getByRole('button', { name: 'Add person' }).first().click();
    await adminPage.getByLabel('Name', { exact: true }).fill('Priya Raman');
    await adminPage.getByLabel('Email', { exact: true }).fill('not an address');
    await adminPage.getByRole('textbox', { name: 'Folder' }).fill('press//2026');
    await adminPage.getByRole('dialog').getByRole('button', { name: 'Add person' }).click();
    await expect(adminPage.getByText('This address is not an e-mail address.')).toBeVisible();
    await adminPage.getByLabel('Email', { exact: true }).fill(email);
    await adminPage.getByRole('dialog').getByRole('button', { name: 'Add person' }).click();
    await expect(adminPage.getByText('A path cannot hold two slashes in a row.')).toBeVisible();
    await adminPage.getByRole('textbox', { name: 'Folder' }).fill('press/2026');
    await expectAccessible(adminPage);
    await adminPage.getByRole('dialog').getByRole('button', { name: 'Add person' }).click();
    const password = await adminPage.getByRole('textbox', { name: 'Password' }).inputValue();
    await expectAccessible(adminPage);
    await adminPage.getByRole('button', { name: 'Done' }).click();
    const panel = adminPage.getByRole('complementary', { name: 'Priya Raman' });
    await expect(panel).toContainText('viewer of press/2026/');
    await expectAccessible(adminPage);

    const page = await browser.newPage();
    await signIn(page, { email, password });
    await page.close();
  });

  test('a grant that another covers says which wins; taking one back can be undone', async ({
    adminPage,
    makePerson,
  }) => {
    const person = await makePerson([
      { prefix: 'press', role: 'viewer' },
      { prefix: '', role: 'contributor' },
    ]);
    await adminPage.goto(`/admin/users?q=${encodeURIComponent(person.email)}`);
    await adminPage.getByRole('button', { name: person.email }).click();
    const panel = adminPage.getByRole('complementary', { name: person.name });
    await expect(panel).toContainText('Adds nothing: contributor of the whole library wins');
    await panel.getByRole('button', { name: /^Take back contributor/ }).click();
    await expect(panel).not.toContainText('Adds nothing');
    await adminPage.getByRole('button', { name: 'Undo' }).click();
    await expect(panel).toContainText('Adds nothing: contributor of the whole library wins');
  });

  test('disabling ends what runs, resetting gives a new password', async ({ adminPage, makePerson, pageOf }) => {
    const person = await makePerson(viewer);
    const theirs = await pageOf(person);
    await adminPage.goto(`/admin/users?q=${encodeURIComponent(person.email)}`);
    await adminPage.getByRole('button', { name: person.email }).click();
    const panel = adminPage.getByRole('complementary', { name: person.name });
    await panel.getByRole('button', { name: 'Disable' }).click();
    await expect(adminPage.getByRole('dialog')).toContainText('Ends 1 session now.');
    await adminPage.getByRole('dialog').getByRole('button', { name: 'Disable' }).click();
    await expect(panel.getByText('Disabled', { exact: true })).toBeVisible();
    await expectAccessible(adminPage);
    await theirs.goto('/account');
    await expect(theirs.getByText('because an admin disabled your account')).toBeVisible();

    await panel.getByRole('button', { name: 'Enable', exact: true }).click();
    await panel.getByRole('button', { name: 'Reset password' }).click();
    await adminPage.getByRole('dialog').getByRole('button', { name: 'Reset password' }).click();
    const password = await adminPage.getByRole('textbox', { name: 'Password' }).inputValue();
    await signIn(theirs, { ...person, password });
  });

  test('who administers nothing finds no such page', async ({ makePerson, pageOf }) => {
    const page = await pageOf(await makePerson([{ prefix: 'press', role: 'admin' }]));
    const answer = await page.goto('/admin/users');
    expect(answer?.status()).toBe(404);
  });
});
