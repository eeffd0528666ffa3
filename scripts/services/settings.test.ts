import { describe, expect, it } from 'vitest';
import { readSettings } from './settings.mjs';

describe('readSettings', () => {
  it('needs nothing, and counts empty as not given', () => {
    const settings = readSettings({ PORT: '', S3_ENDPOINT: '', DATABASE_URL: '' });
    expect(settings).toMatchObject({ port: 3000, appUrl: 'http://localhost:3000', externalStore: false, given: {} });
    expect(settings.dataDir).toMatch(/\/\.data$/);
  });

  it.each([
    [{ S3_ENDPOINT: 'http://127.0.0.1:9000', S3_BUCKET: 'media' }, true],
    [{ S3_BUCKET: 'media' }, true],
    [{ S3_REGION: 'eu-central-1', S3_SSE: 'AES256' }, false],
    [{ AWS_PROFILE: 'work' }, false],
    [{ APP_URL: 'https://media.test', S3_BUCKET: 'media' }, true],
  ])('%o: a store of its own %s', (environment, externalStore) => {
    expect(readSettings(environment).externalStore).toBe(externalStore);
  });

  it.each([
    [{ PORT: 'abc' }, /PORT is "abc".*PORT=3001/],
    [{ PORT: '70000' }, /PORT is "70000"/],
    [{ APP_URL: 'example.com:80:80' }, /APP_URL/],
    [{ S3_ENDPOINT: '127.0.0.1:9000', S3_BUCKET: 'media' }, /S3_ENDPOINT is .*http:/],
    [{ S3_ENDPOINT: 'http://127.0.0.1:9000' }, /no bucket.*S3_BUCKET=/],
    [{ S3_BUCKET: 'media', S3_ACCESS_KEY_ID: 'a' }, /belong together/],
    [{ APP_URL: 'https://media.test' }, /https .*S3_PUBLIC_ENDPOINT=https/],
    [
      { APP_URL: 'https://media.test', S3_BUCKET: 'media', S3_ENDPOINT: 'http://store.test' },
      /https .*S3_PUBLIC_ENDPOINT/,
    ],
  ])('%o is refused with what to do', (environment, message) => {
    expect(() => readSettings(environment)).toThrow(message);
  });
});
