/** The parts of an OpenAPI 3.1 document that the page shows. */
export type Schema = {
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: Schema | boolean;
  description?: string;
  format?: string;
  pattern?: string;
  default?: unknown;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
};
type Operation = {
  operationId: string;
  summary: string;
  description: string;
  tags: string[];
  parameters: { name: string; in: string; required: boolean; schema: Schema }[];
  requestBody?: { content: { 'application/json': { schema: Schema } } };
  responses: Record<string, { content?: { 'application/json'?: { schema: Schema } } }>;
};
export type ApiDocument = { paths: Record<string, Record<string, Operation>> };

/** One line of a table of fields; `depth` indents what lies inside another one. */
export type Field = { key: string; name: string; depth: number; type: string; required: boolean; limits: string };
export type ApiOperation = {
  id: string;
  method: string;
  path: string;
  summary: string;
  needs: string;
  input: Field[];
  status: string;
  output: Field[];
};
export type ApiSection = { tag: string; title: string; operations: ApiOperation[] };

/** Fields inside fields are shown down to here. */
const deepest = 4;

/** The document as sections of operations, in the order of the document, for people. */
export function planSections(document: ApiDocument): ApiSection[] {
  const sections = new Map<string, ApiOperation[]>();
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const tag = operation.tags[0] ?? 'other';
      sections.set(tag, [...(sections.get(tag) ?? []), toOperation(path, method, operation)]);
    }
  }
  return [...sections]
    .sort(([a], [b]) => Number(a === 'admin') - Number(b === 'admin') || a.localeCompare(b, 'en'))
    .map(([tag, operations]) => ({ tag, title: tag.charAt(0).toUpperCase() + tag.slice(1), operations }));
}

function toOperation(path: string, method: string, operation: Operation): ApiOperation {
  const body = operation.requestBody?.content['application/json'].schema;
  const [status = '200', success] = Object.entries(operation.responses)[0] ?? [];
  const output = success?.content?.['application/json']?.schema;
  return {
    id: operation.operationId,
    method: method.toUpperCase(),
    path,
    summary: operation.summary,
    needs: operation.description.replace(/^Needs: (.*)\.$/, '$1'),
    input: [
      ...operation.parameters.flatMap(({ name, required, schema }) =>
        toFields(schema, { name, required, key: name }, 0),
      ),
      ...(body ? inside(body, '', 0) : []),
    ],
    status,
    output: output ? inside(output, '', 0) : [],
  };
}

function toFields(schema: Schema, is: { name: string; required: boolean; key: string }, depth: number): Field[] {
  const own = { ...is, depth, type: typeText(schema), limits: limitsText(schema) };
  return depth >= deepest ? [own] : [own, ...inside(schema, is.key, depth + 1)];
}

/** The fields of an object, of the objects in a list, or of the choices, each name once. */
function inside(schema: Schema, key: string, depth: number): Field[] {
  if (schema.items) return inside(schema.items, key, depth);
  const choices = choicesOf(schema);
  if (choices) {
    const all = choices.flatMap((choice) => inside(choice, key, depth));
    return [...new Map(all.map((field) => [field.key, field])).values()];
  }
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) =>
    toFields(field, { name, required: schema.required?.includes(name) ?? false, key: `${key}/${name}` }, depth),
  );
}

const choicesOf = (schema: Schema): Schema[] | undefined => schema.anyOf ?? schema.oneOf ?? schema.allOf;

function typeText(schema: Schema): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' or ');
  const choices = choicesOf(schema);
  if (choices) return [...new Set(choices.map(typeText))].join(' or ');
  if (schema.items) return `list of ${typeText(schema.items)}`;
  const type = Array.isArray(schema.type) ? schema.type.join(' or ') : schema.type;
  if (type === 'string' && schema.format) return schema.format === 'date-time' ? 'time' : schema.format;
  return type ?? 'anything';
}

function limitsText(schema: Schema): string {
  // zod writes the range of whole numbers that JavaScript can hold: nobody's limit.
  const meant = (limit: number | undefined) => limit !== undefined && Math.abs(limit) < Number.MAX_SAFE_INTEGER;
  const range = (low: number | undefined, high: number | undefined, unit: string) => {
    if (meant(low) && meant(high)) return low === high ? `${low}${unit}` : `${low} to ${high}${unit}`;
    if (meant(high)) return `at most ${high}${unit}`;
    return meant(low) && low !== 0 ? `at least ${low}${unit}` : '';
  };
  return [
    range(schema.minimum, schema.maximum, ''),
    range(schema.minLength, schema.maxLength, ' characters'),
    range(schema.minItems, schema.maxItems, ' items'),
    schema.default === undefined ? '' : `default ${JSON.stringify(schema.default)}`,
  ]
    .filter(Boolean)
    .join(', ');
}
