import { expect, test } from 'vitest';
import { contentSecurityPolicy, storeOrigins } from './content-security-policy.ts';

const base = {
  S3_PUBLIC_ENDPOINT: undefined,
  S3_REGION: 'eu-central-1',
  S3_BUCKET: 'media',
  S3_RENDITIONS_BUCKET: 'media-renditions',
  S3_FORCE_PATH_STYLE: false,
};

test.each([
  [
    'AWS',
    base,
    ['https://media.s3.eu-central-1.amazonaws.com', 'https://media-renditions.s3.eu-central-1.amazonaws.com'],
  ],
  ['AWS with paths', { ...base, S3_FORCE_PATH_STYLE: true }, ['https://s3.eu-central-1.amazonaws.com']],
  [
    'MinIO with paths',
    { ...base, S3_PUBLIC_ENDPOINT: 'http://127.0.0.1:9000/', S3_FORCE_PATH_STYLE: true },
    ['http://127.0.0.1:9000'],
  ],
  [
    'another store by host names',
    { ...base, S3_PUBLIC_ENDPOINT: 'https://store.example:8443' },
    ['https://media.store.example:8443', 'https://media-renditions.store.example:8443'],
  ],
])('%s: %j', (_, env, expected) => expect(storeOrigins(env)).toEqual(expected));

function directives(policy: string): Map<string, string[]> {
  return new Map(
    policy.split('; ').map((part) => {
      const [name = '', ...values] = part.split(' ');
      return [name, values];
    }),
  );
}

test('the store may be written to and shown from, and nothing else outside may', () => {
  const policy = directives(contentSecurityPolicy('abc', ['https://store.example'], false));
  for (const name of ['connect-src', 'img-src', 'media-src'])
    expect(policy.get(name)).toContain('https://store.example');
  for (const name of ['script-src', 'style-src', 'default-src', 'form-action']) {
    expect(policy.get(name)?.join(' ')).not.toContain('store.example');
  }
  expect(policy.get('frame-ancestors')).toEqual([`'none'`]);
  expect(policy.get('worker-src')).toEqual([`'self'`, 'blob:']);
});

test('in production no inline or evaluated script without the nonce', () => {
  const script = directives(contentSecurityPolicy('abc', [], false)).get('script-src') as string[];
  expect(script).toContain(`'nonce-abc'`);
  expect(script).toContain(`'wasm-unsafe-eval'`);
  expect(script).not.toContain(`'unsafe-inline'`);
  expect(script).not.toContain(`'unsafe-eval'`);
});
