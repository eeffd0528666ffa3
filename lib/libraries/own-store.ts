import type { db as database } from '#lib/db.ts';
import { env } from '#lib/env.ts';
import { AppError } from '#lib/errors.ts';

/** The address by which the store of this installation is kept: "aws:<region>" without an own endpoint. */
export function storeEndpoint(): string {
  const { S3_ENDPOINT, S3_REGION } = env();
  return S3_ENDPOINT ?? `aws:${S3_REGION}`;
}

/** The row of the store that the environment names; set-up makes it. @throws AppError wrong_state before the first set-up */
export async function requireOwnStore(tx: Pick<ReturnType<typeof database>, 'store'>) {
  const store = await tx.store.findUnique({ where: { endpoint: storeEndpoint() } });
  if (store) return store;
  throw new AppError('wrong_state', `The store ${storeEndpoint()} was never set up. Start Strata once with it.`);
}
