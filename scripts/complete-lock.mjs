/**
 * Adds to package-lock.json the optional packages for other platforms that `npm install` left out: it does so when the
 * registry it asks (a partial mirror) does not carry them, and `npm ci` then refuses the lock file everywhere.
 * Run it after every `npm install` on such a machine: `node scripts/complete-lock.mjs`.
 * The versions are those their parents pin; the integrity is unknown here, so npm on that platform takes the registry's word.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from './services/paths.mjs';

const OS = /(android|darwin|freebsd|linux|win32)/;
const CPU = /(arm64|x64|ia32|wasm32|arm)/;

const file = join(projectRoot, 'package-lock.json');
const lock = JSON.parse(readFileSync(file, 'utf8'));
const added = [];

for (const [parent, entry] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    if (isLocked(parent, name)) continue;
    if (!/^\d/.test(version))
      throw new Error(`${parent} wants ${name}@${version}, which is no exact version: add it by hand.`);
    lock.packages[`node_modules/${name}`] = toLockEntry(name, version, entry);
    added.push(`${name}@${version}`);
  }
}

const sorted = Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, 'en'));
lock.packages = Object.fromEntries(sorted);
if (added.length > 0) writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
console.log(added.length > 0 ? `added ${added.join(', ')}` : 'package-lock.json is complete');

/** Whether Node would find the package from `parent`, in its own node_modules or in one above. */
function isLocked(parent, name) {
  for (let folder = parent; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    if (lock.packages[`${folder ? `${folder}/` : ''}node_modules/${name}`]) return true;
    if (!folder) return false;
  }
}

/** As npm writes it; the platform is in the name by convention (`…-linux-x64-musl`). */
function toLockEntry(name, version, parent) {
  const [os, cpu] = [name.match(OS)?.[0], name.match(CPU)?.[0]];
  if (!cpu) throw new Error(`The platform of ${name} cannot be read from its name: add it by hand.`);
  const libc = os !== 'linux' ? null : name.endsWith('musl') ? 'musl' : name.endsWith('gnu') ? 'glibc' : null;
  return {
    version,
    cpu: [cpu],
    ...(parent.dev ? { dev: true } : {}),
    ...(libc ? { libc: [libc] } : {}),
    optional: true,
    ...(os ? { os: [os] } : {}),
  };
}
