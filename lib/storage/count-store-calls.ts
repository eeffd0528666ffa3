import type { S3Client } from '@aws-sdk/client-s3';
import { metrics } from '#lib/metrics/registry.ts';
import { outcomeOf } from './store-errors.ts';

/** Counts every try of every request of a client, by the name of its command and by what came of it. */
export function countStoreCalls(client: S3Client): void {
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const call = String(context.commandName ?? 'other').replace(/Command$/, '');
      const started = performance.now();
      let outcome = 'ok';
      try {
        return await next(args);
      } catch (error) {
        outcome = outcomeOf(error);
        throw error;
      } finally {
        metrics().storeCalls.inc({ call, outcome });
        metrics().storeSeconds.observe({ call }, (performance.now() - started) / 1000);
      }
    },
    // Innermost of what sees errors: the retries of the SDK lie outside, so each try counts.
    { name: 'countStoreCalls', step: 'deserialize', priority: 'high' },
  );
}
