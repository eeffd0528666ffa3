import { describe, expect, it } from 'vitest';
import { allEndpoints } from './all-endpoints.ts';
import { openApiDocument } from './openapi.ts';

describe('openApiDocument', () => {
  const document = openApiDocument() as { openapi: string; paths: Record<string, Record<string, unknown>> };

  it('is OpenAPI 3.1 with every endpoint', () => {
    expect(document.openapi).toBe('3.1.0');
    const described = Object.values(document.paths).flatMap((path) => Object.keys(path)).length;
    expect(described).toBe(Object.keys(allEndpoints).length);
  });

  it('has unique operation ids and survives JSON', () => {
    const ids = Object.values(document.paths).flatMap((path) =>
      Object.values(path).map((operation) => (operation as { operationId: string }).operationId),
    );
    expect(new Set(ids).size).toBe(ids.length);
    expect(JSON.parse(JSON.stringify(document))).toEqual(document);
  });

  it('puts path parameters in the path and the rest where the method sends it', () => {
    const list = document.paths['/api/v1/libraries/{library}/entries']?.get as {
      parameters: { name: string; in: string }[];
    };
    expect(list.parameters.find(({ name }) => name === 'library')?.in).toBe('path');
    expect(list.parameters.find(({ name }) => name === 'sort')?.in).toBe('query');
    const start = document.paths['/api/v1/libraries/{library}/uploads']?.post as { requestBody: unknown };
    expect(JSON.stringify(start.requestBody)).toContain('crc64nvme');
  });
});
