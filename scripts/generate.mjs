/** `npm run generate`: writes the database client to lib/generated from prisma/schema.prisma. */
import { ensureDependencies } from './services/dependencies.mjs';
import { describeFailure } from './services/failure.mjs';
import { generateClient } from './services/prepare.mjs';

try {
  await ensureDependencies((line) => console.log(`strata: ${line}`));
  await generateClient({ force: true });
  console.log('strata: lib/generated is up to date with prisma/schema.prisma');
} catch (error) {
  console.error(describeFailure(error));
  process.exitCode = 1;
}
