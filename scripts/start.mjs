/**
 * `npm start [-- --dev]`: everything that Strata needs, on one machine, in the foreground.
 * This part runs on Node 20 and built-ins only, because nothing may be installed yet: it checks what can be checked at
 * once, installs the dependencies, and hands over to `start-app.mjs` on Node 24. It stays as the parent, so that whatever
 * happens to that process its services are stopped.
 */
import { parseArgs } from 'node:util';
import { ensureDependencies } from './services/dependencies.mjs';
import { describeFailure } from './services/failure.mjs';
import { holdInstance } from './services/hold-instance.mjs';
import { makeInstanceFolders } from './services/paths.mjs';
import { requireFreePort } from './services/ports.mjs';
import { stopLeftovers } from './services/processes.mjs';
import { runStage } from './services/run-stage.mjs';
import { loadEnvironment, readSettings } from './services/settings.mjs';

const say = (line) => console.log(`strata: ${line}`);

async function main() {
  parseArgs({ options: { dev: { type: 'boolean' } } });
  loadEnvironment();
  const { port, dataDir } = readSettings();
  const paths = makeInstanceFolders(dataDir);
  const hold = holdInstance(paths, port);
  try {
    const left = await stopLeftovers(paths.run);
    if (left.length > 0) say(`stopped what an earlier run had left behind: ${left.join(', ')}`);
    await requireFreePort(port);
    await ensureDependencies(say);
    const { code, signal } = await runStage('scripts/start-app.mjs', process.argv.slice(2));
    if (signal) {
      say(`the start process was killed (${signal}); stopping its services`);
      await stopLeftovers(paths.run);
    }
    return code ?? 1;
  } finally {
    hold.release();
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(describeFailure(error));
  process.exitCode = 1;
}
