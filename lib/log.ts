import { AsyncLocalStorage } from 'node:async_hooks';
import pino from 'pino';
import { env } from '#lib/env.ts';
import { scrubLine } from './log-scrub.ts';

/** What every line says that is written while a request is answered or a job runs. */
export type LogContext = { requestId: string } | { job: string; jobId: string };

// One of each a process, however many module graphs Next keeps.
const holder = globalThis as { strataLogContext?: AsyncLocalStorage<LogContext>; strataLog?: pino.Logger };
holder.strataLogContext ??= new AsyncLocalStorage();
const context = holder.strataLogContext;

/** Runs `work` so that every line logged on its way names the request or job. */
export function withLogContext<T>(names: LogContext, work: () => Promise<T>): Promise<T> {
  return context.run(names, work);
}

/**
 * JSON lines on stdout, with the id of the request or job. Presigned URLs, cookies and secrets are never passed to it; known fields
 * are redacted and known shapes and values scrubbed besides (log-scrub.ts).
 */
export function log(): pino.Logger {
  holder.strataLog ??= makeLogger();
  return holder.strataLog;
}

function makeLogger(): pino.Logger {
  const known = knownSecrets();
  const stdout = pino.destination({ fd: 1, sync: true });
  return pino(
    {
      level: env().LOG_LEVEL,
      base: {},
      mixin: () => ({ ...context.getStore() }),
      redact: [
        '*.password',
        '*.secret',
        '*.url',
        '*.cookie',
        '*.authorization',
        'headers.cookie',
        'headers.authorization',
      ],
    },
    { write: (line: string) => stdout.write(scrubLine(line, known)) },
  );
}

function knownSecrets(): string[] {
  const given = env();
  const password = URL.canParse(given.DATABASE_URL) ? new URL(given.DATABASE_URL).password : '';
  return [
    given.NEXTAUTH_SECRET,
    given.S3_SECRET_ACCESS_KEY,
    given.S3_UPLOAD_SECRET_ACCESS_KEY,
    given.S3_PURGE_SECRET_ACCESS_KEY,
    given.ADMIN_PASSWORD,
    given.OIDC_CLIENT_SECRET,
    password,
    password ? decodeURIComponent(password) : '',
    // Shorter ones would tear holes into innocent words.
  ].filter((secret): secret is string => secret !== undefined && secret.length >= 8);
}
