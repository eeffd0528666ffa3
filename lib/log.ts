import pino from 'pino';
import { env } from '#lib/env.ts';

let root: pino.Logger | undefined;

/** JSON lines on stdout. Presigned URLs, cookies and secrets are never passed to it; known fields are redacted besides. */
export function log(): pino.Logger {
  root ??= pino({
    level: env().LOG_LEVEL,
    base: {},
    redact: [
      '*.password',
      '*.secret',
      '*.url',
      '*.cookie',
      '*.authorization',
      'headers.cookie',
      'headers.authorization',
    ],
  });
  return root;
}
