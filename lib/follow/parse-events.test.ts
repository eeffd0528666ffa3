import { describe, expect, it } from 'vitest';
import { parseMessage } from './parse-events.ts';

const at = '2026-11-25T10:00:00.000Z';
const record = (eventName: string, key: string, versionId?: string) => ({
  eventVersion: '2.0',
  eventSource: 'aws:s3',
  eventName,
  eventTime: at,
  s3: { bucket: { name: 'media' }, object: { key, size: 3, eTag: 'e', ...(versionId ? { versionId } : {}) } },
});
const message = (...records: unknown[]) => JSON.stringify({ Records: records });
const event = (key: string, kind: string, versionId: string | null = null) => ({
  bucket: 'media',
  key,
  versionId,
  kind,
  at: new Date(at),
});

describe('parseMessage', () => {
  it.each([
    ['plain', record('ObjectCreated:Put', 'a/b.jpg', 'v1'), event('a/b.jpg', 'created', 'v1')],
    ['with the prefix that MinIO writes', record('s3:ObjectCreated:Copy', 'a'), event('a', 'created')],
    ['form-encoded', record('ObjectCreated:Put', 'a%2Bb+c/%C3%BC%25.jpg'), event('a+b c/ü%.jpg', 'created')],
    ['a removed version', record('ObjectRemoved:Delete', 'a', 'v1'), event('a', 'removed', 'v1')],
    ['a marker, which is a version', record('ObjectRemoved:DeleteMarkerCreated', 'a', 'm'), event('a', 'created', 'm')],
    ['expiry', record('LifecycleExpiration:Delete', 'a'), event('a', 'changed')],
    ['a change of class', record('LifecycleTransition', 'a'), event('a', 'changed')],
  ])('reads %s', (_, given, wanted) => {
    expect(parseMessage(message(given))).toEqual({ events: [wanted], ignored: 0, unreadable: [] });
  });

  it.each([
    's3:ObjectAccessed:Get',
    'ObjectAccessed:Head',
    's3:ObjectCreated:PutTagging',
    'ObjectTagging:Put',
    'ObjectAcl:Put',
    's3:ObjectCreated:PutRetention',
  ])('ignores %s', (name) => {
    expect(parseMessage(message(record(name, 'a')))).toEqual({ events: [], ignored: 1, unreadable: [] });
  });

  it("ignores S3's test message", () => {
    const body = JSON.stringify({ Service: 'Amazon S3', Event: 's3:TestEvent', Time: at, Bucket: 'media' });
    expect(parseMessage(body)).toEqual({ events: [], ignored: 1, unreadable: [] });
  });

  it('unwraps SNS', () => {
    const Message = message(record('ObjectCreated:Put', 'a'));
    const body = JSON.stringify({ Type: 'Notification', TopicArn: 'arn', Message });
    expect(parseMessage(body).events).toEqual([event('a', 'created')]);
  });

  it('reads EventBridge, whose key is not encoded, and looks at both keys in doubt', () => {
    const bridged = (key: string, type = 'Object Created') =>
      JSON.stringify({
        source: 'aws.s3',
        'detail-type': type,
        time: at,
        detail: { bucket: { name: 'media' }, object: { key, size: 3, 'version-id': 'v1' } },
      });
    expect(parseMessage(bridged('a/b.jpg')).events).toEqual([event('a/b.jpg', 'created', 'v1')]);
    expect(parseMessage(bridged('a+b')).events).toEqual([event('a+b', 'created'), event('a b', 'created')]);
    expect(parseMessage(bridged('100%')).events).toEqual([event('100%', 'created', 'v1')]);
    expect(parseMessage(bridged('a', 'Object Deleted')).events).toEqual([event('a', 'removed', 'v1')]);
    expect(parseMessage(bridged('a', 'Object Tags Added')).ignored).toBe(1);
  });

  it('names what cannot be read and keeps the rest', () => {
    expect(parseMessage('no json').unreadable).toHaveLength(1);
    expect(parseMessage('{"hello":1}').unreadable).toHaveLength(1);
    const mixed = parseMessage(
      message(
        record('ObjectCreated:Put', '%FF'),
        record('ObjectCreated:Put', 'a%00'),
        record('ObjectCreated:Put', 'a', 'v\u0000'),
        { eventName: 1 },
        record('ObjectCreated:Put', 'a'),
      ),
    );
    expect(mixed.events).toEqual([event('a', 'created')]);
    expect(mixed.unreadable).toHaveLength(4);
  });
});
