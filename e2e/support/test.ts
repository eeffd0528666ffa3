import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import {
  type BrowserContext,
  type BrowserContextOptions,
  test as base,
  type Cookie,
  expect,
  type Page,
} from '@playwright/test';
import { admin, appUrl } from './environment.ts';

export { expect };

export const filesFolder = join(import.meta.dirname, '../files');
export const mediaFile = (name: string) => join(filesFolder, name);

type Person = { email: string; password: string; name: string; id: string };
type Fixtures = {
  /** A page signed in as the first admin. */
  adminPage: Page;
  /** Makes a person with grants through the API and removes their rights afterwards. */
  makePerson: (grants: { prefix: string; role: 'viewer' | 'contributor' | 'admin' }[]) => Promise<Person>;
  /** A signed-in page of somebody else, in a browser context of its own. */
  pageOf: (person: { email: string; password: string }, options?: BrowserContextOptions) => Promise<Page>;
  /** A folder that only this test uses. */
  folder: string;
};

/** Signs in through the form, as people do. */
export async function signIn(page: Page, person: { email: string; password: string }): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel('Email').fill(person.email);
  await page.getByLabel('Password', { exact: true }).fill(person.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
}

let adminSession: Cookie | undefined;

/** The first admin signs in through the form once; later pages get that session, unless a test has ended it. They start on an empty page. */
async function enterAsAdmin(page: Page): Promise<void> {
  const context = page.context();
  if (adminSession) {
    await context.addCookies([adminSession]);
    if ((await callApi(page, 'GET', '/me')).status === 200) return;
    await context.clearCookies({ name: adminSession.name });
  }
  await signIn(page, admin);
  adminSession = (await context.cookies(appUrl)).find(({ name }) => name.endsWith('.session'));
  expect(adminSession, 'the cookie of the session').toBeDefined();
}

/** Calls the API with the page's session, as its own scripts do. */
export async function callApi(
  page: Page,
  method: string,
  path: string,
  body?: unknown,
  // biome-ignore lint/suspicious/noExplicitAny: a test reads answers of every shape.
): Promise<{ status: number; body: any }> {
  const response = await page.request.fetch(`${appUrl}/api/v1${path}`, {
    method,
    headers: { origin: new URL(appUrl).origin, 'sec-fetch-site': 'same-origin' },
    ...(body === undefined ? {} : { data: body }),
  });
  return { status: response.status(), body: await response.json() };
}

/** Of all that are listed, the library of the set-up. */
export function librarySlugOf({ body }: { body: { libraries: { slug: string }[] } }): string {
  const [first] = body.libraries;
  return body.libraries.find(({ slug }) => slug === 'strata')?.slug ?? String(first?.slug);
}

/** axe finds nothing on this screen. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
    .analyze();
  const said = violations.map(
    ({ id, help, nodes }) =>
      `${id}: ${help} — ${nodes
        .map((node) => node.html)
        .slice(0, 3)
        .join(' | ')}`,
  );
  expect(said, `${page.url()}`).toEqual([]);
}

/** Drops real files on an element, with their folders, as a file manager does. */
export async function dropFiles(
  page: Page,
  selector: string,
  files: { path: string; file: string; type: string }[],
): Promise<void> {
  const payload = files.map(({ path, file, type }) => ({ path, type, base64: readFileSync(file).toString('base64') }));
  const transfer = await page.evaluateHandle((items) => {
    const data = new DataTransfer();
    for (const { path, type, base64 } of items) {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      data.items.add(new File([bytes], path.split('/').pop() as string, { type, lastModified: 1_790_000_000_000 }));
    }
    return data;
  }, payload);
  for (const type of ['dragenter', 'dragover', 'drop'])
    await page.dispatchEvent(selector, type, { dataTransfer: transfer });
}

export const test = base.extend<Fixtures & { contexts: BrowserContext[] }>({
  contexts: async ({}, use) => {
    const contexts: BrowserContext[] = [];
    await use(contexts);
    for (const context of contexts) await context.close();
  },
  pageOf: async ({ browser, contexts, contextOptions }, use) => {
    await use(async (person, options) => {
      const context = await browser.newContext({ ...contextOptions, baseURL: appUrl, ...options });
      contexts.push(context);
      const page = await context.newPage();
      await (person.email === admin.email ? enterAsAdmin(page) : signIn(page, person));
      return page;
    });
  },
  adminPage: async ({ pageOf }, use) => use(await pageOf(admin)),
  folder: async ({}, use, info) => {
    const name = info.title
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .slice(0, 40);
    await use(`${name}-${Date.now().toString(36)}/`);
  },
  makePerson: async ({ pageOf }, use) => {
    const page = await pageOf(admin);
    const library = librarySlugOf(await callApi(page, 'GET', '/libraries'));
    const made: Person[] = [];
    await use(async (grants) => {
      const person = {
        name: 'Jonas Weber',
        email: `${crypto.randomUUID()}@test.invalid`,
        password: crypto.randomUUID(),
      };
      const [first, ...rest] = grants.map((grant) => ({ ...grant, library }));
      const answer = await callApi(page, 'POST', '/admin/users', { ...person, grant: first });
      expect(answer.status, JSON.stringify(answer.body)).toBe(201);
      const id = answer.body.person.id as string;
      for (const grant of rest) await callApi(page, 'POST', `/admin/users/${id}/grants`, grant);
      made.push({ ...person, id });
      return { ...person, id };
    });
    for (const { id } of made) await callApi(page, 'POST', `/admin/users/${id}/disable`, {});
  },
});
