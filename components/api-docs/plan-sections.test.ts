import { describe, expect, it } from 'vitest';
import { allEndpoints } from '#lib/http/all-endpoints.ts';
import { openApiDocument } from '#lib/http/openapi.ts';
import { type ApiDocument, planSections } from './plan-sections.ts';

const sections = planSections(openApiDocument() as ApiDocument);
const operation = (id: string) => sections.flatMap((section) => section.operations).find((one) => one.id === id);

describe('planSections', () => {
  it('shows every endpoint once, those of admins last', () => {
    expect(sections.flatMap((section) => section.operations)).toHaveLength(Object.keys(allEndpoints).length);
    expect(sections.at(-1)?.tag).toBe('admin');
  });

  it('says what an endpoint takes, with its limits', () => {
    const start = operation('startUploads');
    expect(start).toMatchObject({ method: 'POST', path: '/api/v1/libraries/{library}/uploads', needs: 'contributor' });
    const names = start?.input.map((field) => `${'  '.repeat(field.depth)}${field.name}`);
    expect(names).toEqual(expect.arrayContaining(['library', 'files', '  path', '  size', '  crc64nvme']));
    expect(start?.input.find((field) => field.name === 'files')).toMatchObject({
      type: 'list of object',
      required: true,
      limits: '1 to 100 items',
    });
    expect(operation('listEntries')?.input.find((field) => field.name === 'limit')?.limits).toBe(
      '1 to 500, default 100',
    );
  });

  it('says what comes back, each field of the choices once', () => {
    const fields = operation('completeUploads')?.output ?? [];
    expect(new Set(fields.map((field) => field.key)).size).toBe(fields.length);
    expect(fields.map((field) => field.name)).toEqual(expect.arrayContaining(['results', 'ok', 'error']));
    expect(operation('getAssetContent')).toMatchObject({ status: '302', output: [] });
  });
});
