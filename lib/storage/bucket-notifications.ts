import {
  type Event,
  GetBucketNotificationConfigurationCommand,
  type NotificationConfiguration,
  PutBucketNotificationConfigurationCommand,
} from '@aws-sdk/client-s3';
import { callStore } from './client.ts';

/** Ours among the rules of a bucket, with the root prefix behind it: libraries may share a bucket. */
const RULE_ID = 'strata-events';

/**
 * Everything that changes what a listing of versions shows. MinIO refuses a name that it does not know, and reports expiry as removal.
 * On AWS a lifecycle rule removes without `ObjectRemoved`.
 */
const EVENTS: Event[] = ['s3:ObjectCreated:*', 's3:ObjectRemoved:*'];
const AWS_EVENTS: Event[] = [...EVENTS, 's3:LifecycleExpiration:*', 's3:LifecycleTransition', 's3:ObjectRestore:*'];

/** Whether the bucket sends the events under a prefix to every target. @throws AppError store_unavailable, also for want of a right */
export async function hasNotification(bucket: string, targets: string[], prefix: string): Promise<boolean> {
  const { QueueConfigurations = [] } = await readNotifications(bucket);
  return targets.every((target) =>
    QueueConfigurations.some(
      (rule) =>
        rule.QueueArn === target &&
        prefix.startsWith(prefixOf(rule) ?? '') &&
        EVENTS.every((event) => rule.Events?.includes(event)),
    ),
  );
}

/**
 * Adds a rule a target that sends it the events under a prefix: a webhook's ARN of MinIO, or that of a queue on AWS. The rules of
 * others stay as they are. On AWS the queue's own policy must let S3 send, which S3 tries at this call.
 * @throws AppError store_unavailable with the reason when the store refuses
 */
export async function putNotification(bucket: string, targets: string[], prefix: string): Promise<void> {
  const found = await readNotifications(bucket);
  const ours = targets.map((target, at) => ({
    Id: `${RULE_ID}-${at + 1}${prefix === '' ? '' : `:${prefix}`}`.slice(0, 255),
    QueueArn: target,
    Events: target.startsWith('arn:minio:') ? EVENTS : AWS_EVENTS,
    ...(prefix === '' ? {} : { Filter: { Key: { FilterRules: [{ Name: 'prefix' as const, Value: prefix }] } } }),
  }));
  const ids = new Set(ours.map((rule) => rule.Id));
  const others = (found.QueueConfigurations ?? []).filter((rule) => !ids.has(rule.Id ?? ''));
  await callStore('app', 'Setting the notifications of the bucket', (client) =>
    client.send(
      new PutBucketNotificationConfigurationCommand({
        Bucket: bucket,
        NotificationConfiguration: { ...found, QueueConfigurations: [...others, ...ours] },
      }),
    ),
  );
}

/** The whole document: putting it back replaces all of it, so nothing of it may be lost. */
async function readNotifications(bucket: string): Promise<NotificationConfiguration> {
  const { $metadata: _, ...found } = await callStore('app', 'Reading the notifications of the bucket', (client) =>
    client.send(new GetBucketNotificationConfigurationCommand({ Bucket: bucket })),
  );
  return found;
}

function prefixOf(rule: NonNullable<NotificationConfiguration['QueueConfigurations']>[number]): string | undefined {
  return rule.Filter?.Key?.FilterRules?.find(({ Name }) => Name?.toLowerCase() === 'prefix')?.Value;
}
