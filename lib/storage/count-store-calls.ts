import type { S3Client } from '@aws-sdk/client-s3';
import { metrics } from '#lib/metrics/registry.ts';
import { outcomeOf } from './store-errors.ts';

/** One try of a request to the store; tell what came of it when it has ended. */
export function startStoreCall(call: string): (outcome: string) => void {
  const started = performance.now();
  return (outcome) => {
    metrics().storeCalls.inc({ call, outcome });
    metrics().storeSeconds.observe({ call }, (performance.now() - started) / 1000);
  };
}

/** Counts every try of every request of a client, by the name of its command and by what came of it. */
export function countStoreCalls(client: S3Client): void {
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const call = String(context.commandName ?? 'other').replace(/Command$/, '');
      const ended = startStoreCall(call);
      try {
        const result = await next(args);
        ended('ok');
        return result;
      } catch (error) {
        ended(outcomeOf(error));
        throw error;
      }
    },
    // Innermost of what sees errors: the retries of the SDK lie outside, so each try counts.
    { name: 'countStoreCalls', step: 'deserialize', priority: 'high' },
  );
}
