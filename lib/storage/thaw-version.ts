import { RestoreObjectCommand } from '@aws-sdk/client-s3';
import { callStore } from './client.ts';
import { hasName } from './store-errors.ts';
import type { VersionRef } from './types.ts';

/**
 * Asks the store to make an archived version readable for some days. Takes minutes to two days, by tier and class; asking again while it is
 * under way, or after it, is no error (model RestoreObject: 409 RestoreAlreadyInProgress).
 * @param wish.days full days that the store keeps the readable copy, which is billed as Standard
 * @throws AppError store_unavailable, also when there is no capacity for Expedited now; not_found, wrong_state when it is not archived
 */
export async function thawVersion(
  ref: VersionRef,
  wish: { tier: 'Expedited' | 'Standard' | 'Bulk'; days: number },
): Promise<void> {
  await callStore('app', 'Thawing the version', async (client) => {
    try {
      await client.send(
        new RestoreObjectCommand({
          Bucket: ref.bucket,
          Key: ref.key,
          VersionId: ref.versionId,
          RestoreRequest: { Days: wish.days, GlacierJobParameters: { Tier: wish.tier } },
        }),
      );
    } catch (error) {
      if (!hasName(error, 'RestoreAlreadyInProgress')) throw error;
    }
  });
}
