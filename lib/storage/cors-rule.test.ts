import { describe, expect, it } from 'vitest';
import { corsRule } from './cors-rule.ts';
import { presignPart, presignPut } from './presign.ts';
import { SIGNABLE_BY_BROWSER } from './signed-headers.ts';

const ref = { bucket: 'media', key: 'a' };
const common = { ref, size: 1, crc64nvme: 'rosUhgp5mIg=', expiresIn: 60 };

async function everyHeaderThatBrowsersSend(): Promise<Set<string>> {
  const put = { ...common, contentType: 'a/b', metadata: { mtime: '1', 'strata-upload': '2' } };
  const requests = [
    await presignPut({ ...put, condition: { ifNoneMatch: '*' }, encryption: { kind: 'AES256' } }),
    await presignPut({ ...put, condition: { ifMatch: 'x' }, encryption: { kind: 'aws:kms', keyId: 'k' } }),
    await presignPut({ ...put, condition: { ifMatch: 'x' }, encryption: { kind: 'none' } }),
    await presignPart({ ...common, storeUploadId: 'u', partNumber: 1 }),
  ];
  return new Set(requests.flatMap((request) => Object.keys(request.headers)));
}

const matches = (allowed: string, name: string) =>
  allowed.endsWith('*') ? name.startsWith(allowed.slice(0, -1)) : allowed === name;

describe('corsRule', () => {
  it('allows every header that the signer binds, and no header that it never binds', async () => {
    const sent = await everyHeaderThatBrowsersSend();
    const allowed = corsRule('http://localhost:3000').headers;
    for (const name of sent)
      expect(
        allowed.some((header) => matches(header, name)),
        name,
      ).toBe(true);
    // `range` is for the viewer, which reads parts of a file.
    const unused = allowed.filter((header) => header !== 'range' && ![...sent].some((name) => matches(header, name)));
    expect(unused).toEqual([]);
    expect(allowed.filter((header) => header !== 'range')).toEqual([...SIGNABLE_BY_BROWSER]);
  });

  it('names one exact origin, and exposes names without wildcard', () => {
    const rule = corsRule('https://media.example.org/app/');
    expect(rule.origins).toEqual(['https://media.example.org']);
    expect(rule.methods).toEqual(['PUT', 'GET', 'HEAD']);
    expect(rule.exposeHeaders).toContain('ETag');
    expect(rule.exposeHeaders.join()).not.toContain('*');
  });
});
