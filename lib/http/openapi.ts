import * as z from 'zod';
import { errorStatus } from '#lib/errors.ts';
import { allEndpoints } from './all-endpoints.ts';
import type { Endpoint } from './define-endpoint.ts';

type Json = Record<string, unknown>;

const problem: Json = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'code', 'requestId'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string', description: 'What happened, why, what to do.' },
    code: { type: 'string', enum: Object.keys(errorStatus) },
    requestId: { type: 'string' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['path', 'message'],
        properties: { path: { type: 'string' }, message: { type: 'string' } },
      },
    },
  },
};

/** The OpenAPI 3.1 document, made from the declarations that also route and validate: it cannot drift. */
export function openApiDocument(): Json {
  const paths: Record<string, Json> = {};
  for (const [name, endpoint] of Object.entries(allEndpoints) as [string, Endpoint][]) {
    const path = `/api/v1${endpoint.path}`;
    paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: operationOf(name, endpoint) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Strata',
      version: '1',
      description: 'JSON only: media bytes go between the caller and the store over presigned URLs.',
    },
    servers: [{ url: '/' }],
    security: [{ token: [] }, { session: [] }],
    paths,
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'An API token from the account page.' },
        session: { type: 'apiKey', in: 'cookie', name: 'next-auth.session-token' },
      },
      schemas: { Problem: problem },
    },
  };
}

/** What an address is about, for grouping: its first fixed part below a library, or `admin`. */
function tagOf(path: string): string {
  const [first = '', second] = path.split('/').filter((part) => part !== '' && !part.startsWith('{'));
  return first === 'libraries' && second ? second : first;
}

function operationOf(name: string, endpoint: Endpoint): Json {
  const input = z.toJSONSchema(endpoint.input, { io: 'input', unrepresentable: 'any' }) as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  const inPath = [...endpoint.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] as string);
  const rest = Object.entries(input.properties ?? {}).filter(([field]) => !inPath.includes(field));
  const required = (field: string) => input.required?.includes(field) ?? false;
  const inQuery = endpoint.method === 'GET' || endpoint.method === 'DELETE';
  return {
    operationId: name.replace(/Endpoint$/, ''),
    tags: [tagOf(endpoint.path)],
    summary: endpoint.summary,
    description: `Needs: ${endpoint.permission}.`,
    parameters: [
      ...inPath.map((field) => ({ name: field, in: 'path', required: true, schema: input.properties?.[field] ?? {} })),
      ...(inQuery
        ? rest.map(([field, schema]) => ({ name: field, in: 'query', required: required(field), schema }))
        : []),
    ],
    ...(inQuery
      ? {}
      : {
          requestBody: {
            required: true,
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  properties: Object.fromEntries(rest),
                  required: rest.map(([field]) => field).filter(required),
                },
              },
            },
          },
        }),
    responses: { ...successOf(endpoint), default: problemAnswer() },
  };
}

function successOf(endpoint: Endpoint): Json {
  if (endpoint.answer === 'redirect') {
    return { 302: { description: 'The address in the store', headers: { Location: { schema: { type: 'string' } } } } };
  }
  const schema = z.toJSONSchema(endpoint.output, { io: 'output', unrepresentable: 'any' });
  return {
    [endpoint.answer === 'created' ? 201 : 200]: { description: 'Done', content: { 'application/json': { schema } } },
  };
}

function problemAnswer(): Json {
  return {
    description: 'A problem (RFC 9457)',
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  };
}
