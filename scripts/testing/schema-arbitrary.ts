import fc from 'fast-check';

type Schema = {
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  items?: Schema | boolean;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: Schema | boolean;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  format?: string;
  pattern?: string;
};

/** Values that have broken servers before: bytes that Postgres refuses, half characters, prototypes, numbers at the edges. */
const hostile: unknown[] = [
  ...[
    null,
    true,
    '',
    ' ',
    '\u0000',
    'a\u0000b',
    '\ud800',
    '../..',
    '%00',
    "';--",
    '\u202e',
    'x'.repeat(5_000),
    '/'.repeat(2_000),
  ],
  ...[
    -1,
    0,
    1.5,
    2 ** 31,
    2 ** 53,
    -(2 ** 63),
    1e308,
    '9223372036854775807',
    '9223372036854775808',
    '99999999999999999999',
  ],
  ...['constructor', '__proto__', 'NaN', '2026-02-30T00:00:00Z', '9999-12-31T23:59:59Z', '-271821-04-20T00:00:00.000Z'],
  ...[[], {}, [[]], { toString: 1 }, JSON.parse('{"__proto__":{"a":1}}')],
];

/**
 * Values for a JSON schema as our OpenAPI document has them: mostly what the schema lets in, with real ids among them, so that a call gets
 * past the front door; now and then something hostile in any place.
 * @param known real values by the name of their field (`library`, `id`)
 */
export function schemaArbitrary(schema: Schema, known: Record<string, unknown[]>, name = ''): fc.Arbitrary<unknown> {
  const fitting = fittingArbitrary(schema, known, name);
  const real = known[name];
  return fc.oneof(
    { weight: real ? 4 : 8, arbitrary: fitting },
    { weight: 1, arbitrary: fc.constantFrom(...hostile) },
    ...(real ? [{ weight: 8, arbitrary: fc.constantFrom(...real) }] : []),
  );
}

function fittingArbitrary(schema: Schema, known: Record<string, unknown[]>, name: string): fc.Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const choices = schema.anyOf ?? schema.oneOf ?? schema.allOf;
  if (choices) return fc.oneof(...choices.map((choice) => schemaArbitrary(choice, known, name)));
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  switch (type) {
    case 'object':
      return objectArbitrary(schema, known);
    case 'array':
      return fc.array(
        schemaArbitrary(typeof schema.items === 'object' ? schema.items : {}, known, name.replace(/s$/, '')),
        {
          minLength: schema.minItems ?? 0,
          maxLength: Math.min(schema.maxItems ?? 3, (schema.minItems ?? 0) + 3),
        },
      );
    case 'integer':
    case 'number':
      return fc.integer({
        min: Math.max(schema.minimum ?? -10, Number.MIN_SAFE_INTEGER),
        max: Math.min(schema.maximum ?? 10_000, Number.MAX_SAFE_INTEGER),
      });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'string':
      return textArbitrary(schema);
    default:
      return fc.oneof(fc.string(), fc.integer(), fc.constant(null));
  }
}

function objectArbitrary(schema: Schema, known: Record<string, unknown[]>): fc.Arbitrary<unknown> {
  const fields = Object.entries(schema.properties ?? {}).map(
    ([name, field]) => [name, schemaArbitrary(field, known, name)] as const,
  );
  const required = (schema.required ?? []).filter((name) => Object.hasOwn(schema.properties ?? {}, name));
  const whole = fc.record(Object.fromEntries(fields), { requiredKeys: required });
  // A required field may be missing, too.
  return fc.oneof(
    { weight: 9, arbitrary: whole },
    { weight: 1, arbitrary: fc.record(Object.fromEntries(fields), { requiredKeys: [] }) },
  );
}

function textArbitrary(schema: Schema): fc.Arbitrary<string> {
  const length = {
    minLength: schema.minLength ?? 0,
    maxLength: Math.max(schema.minLength ?? 0, Math.min(schema.maxLength ?? 40, 300)),
  };
  if (schema.format === 'uuid') return fc.uuid();
  if (schema.format === 'email') return fc.emailAddress();
  if (schema.format === 'date-time') return fc.date({ noInvalidDate: true }).map((date) => date.toISOString());
  if (schema.pattern) {
    return fc.oneof(
      fc.stringMatching(new RegExp(schema.pattern.replaceAll('\\P{Cc}', '[^\\x00-\\x1f]'))),
      fc.string(length),
    );
  }
  const words = fc.constantFrom('fuzz/', 'fuzz/a.jpg', 'fuzz/b/', 'a', 'é', '日本', '🖼', 'a//b', '..');
  return fc.oneof(fc.string({ ...length, unit: 'binary' }), words);
}
