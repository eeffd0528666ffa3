/**
 * `npm test [-- stage …]`: everything, or the stages named: lint, types, unit, storage, build, api, e2e.
 * This part runs on Node 20 and built-ins only; it installs the dependencies and hands over to `run-tests.mjs` on Node 24.
 */
import { ensureDependencies } from './services/dependencies.mjs';
import { describeFailure } from './services/failure.mjs';
import { runStage } from './services/run-stage.mjs';

try {
  await ensureDependencies((line) => console.log(`strata: ${line}`));
  const { code } = await runStage('scripts/run-tests.mjs', process.argv.slice(2));
  process.exitCode = code ?? 1;
} catch (error) {
  console.error(describeFailure(error));
  console.log('0 passed, 1 failed');
  process.exitCode = 1;
}
