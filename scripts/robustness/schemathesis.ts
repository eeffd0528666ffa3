/**
 * Fuzzes the running app (APP_URL) from its served OpenAPI document with schemathesis, as an admin of a library of its own with an API
 * token: no answer may be a 5xx. `ROBUSTNESS_EXAMPLES` sets the most examples an operation. Run by `npm run robustness`.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createToken } from '#lib/auth/create-token.ts';
import { closeDb } from '#lib/db.ts';
import { syncKey } from '#lib/indexing/sync-key.ts';
import { putBytes } from '#lib/storage/objects.ts';
import { findOnPath } from '#scripts/services/find-on-path.mjs';
import { cacheFolder } from '#scripts/services/paths.mjs';
import { appUrl } from '#scripts/testing/browser.ts';
import { makeTestLibrary } from '#scripts/testing/library.ts';

const version = '4.32.5';
const examples = process.env.ROBUSTNESS_EXAMPLES || '100';
const seed = process.env.ROBUSTNESS_SEED || '1';

/** The program in a virtual environment in the user's cache, made once. */
function schemathesis(): string {
  const folder = join(cacheFolder(), `schemathesis-${version}`);
  const program = join(folder, 'bin/schemathesis');
  if (existsSync(program)) return program;
  const python = findOnPath('python3');
  if (!python)
    throw new Error('schemathesis needs Python 3.10 or newer: install python3 and python3-venv, then run this again.');
  console.log(`installing schemathesis ${version} into ${folder}; once for this user`);
  try {
    execFileSync(python, ['-m', 'venv', folder], { stdio: 'inherit' });
    execFileSync(join(folder, 'bin/pip'), ['install', '--quiet', `schemathesis==${version}`], { stdio: 'inherit' });
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
  return program;
}

const program = schemathesis();
const own = await makeTestLibrary();
// It leaves caches where it runs.
const folder = mkdtempSync(join(tmpdir(), 'strata-fuzz-'));
let code: number | null = 1;
try {
  const admin = await own.makeActor();
  await putBytes({ bucket: own.library.bucket, key: 'fuzz/a.jpg' }, Buffer.from('bytes'), 'image/jpeg');
  await syncKey(own.library, 'fuzz/a.jpg');
  const { token } = await createToken(admin, { name: 'schemathesis' });
  const result = spawnSync(
    program,
    [
      ...['run', appUrl('/api/openapi.json'), '--url', appUrl()],
      ...['--header', `Authorization: Bearer ${token.secret}`],
      ...[
        '--checks',
        'not_a_server_error',
        '--max-examples',
        examples,
        '--seed',
        seed,
        '--phases',
        'examples,coverage,fuzzing',
      ],
      // The first is held open on purpose until something changes; the second is a worker's work, none runs here, and it says so with 503.
      ...[
        '--exclude-path-regex',
        '(/changes|/store/probe)$',
        '--request-timeout',
        '60',
        '--continue-on-failure',
        '--no-color',
      ],
      ...['--workers', '2'],
    ],
    {
      cwd: folder,
      stdio: 'inherit',
      env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', NODE_ENV: 'test' },
    },
  );
  code = result.status;
} finally {
  rmSync(folder, { recursive: true, force: true });
  await own.remove();
  await closeDb();
}
process.exit(code ?? 1);
