import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { guardrailIds } from '#lib/guardrails/guardrails.ts';
import { planGuardrail } from '#lib/guardrails/plan-guardrail.ts';
import type { GuardrailState, GuardrailWorld } from '#lib/guardrails/plan-types.ts';
import { identityPolicies } from '#lib/storage/identity-policies.ts';
import { knownCapabilities } from '#lib/storage/known-capabilities.ts';

type Resource = { Type: string; Properties: Record<string, unknown>; DependsOn?: string };
type Template = {
  Parameters: Record<string, unknown>;
  Resources: Record<string, Resource>;
  Outputs: Record<string, { Value: unknown }>;
};
const template = JSON.parse(
  readFileSync(new URL('../deploy/aws/strata.template.json', import.meta.url), 'utf8'),
) as Template;

/** Required and known properties of each type in use (CloudFormation resource reference). */
const types: Record<string, { required: string[]; known?: string[]; attributes: string[] }> = {
  'AWS::S3::Bucket': {
    required: [],
    known: [
      'BucketName',
      'BucketEncryption',
      'PublicAccessBlockConfiguration',
      'OwnershipControls',
      'VersioningConfiguration',
      'CorsConfiguration',
      'LifecycleConfiguration',
      'NotificationConfiguration',
    ],
    attributes: ['Arn', 'DomainName', 'RegionalDomainName'],
  },
  'AWS::S3::BucketPolicy': { required: ['Bucket', 'PolicyDocument'], attributes: [] },
  'AWS::SQS::Queue': {
    required: [],
    known: ['SqsManagedSseEnabled', 'MessageRetentionPeriod', 'ReceiveMessageWaitTimeSeconds'],
    attributes: ['Arn', 'QueueName', 'QueueUrl'],
  },
  'AWS::SQS::QueuePolicy': { required: ['Queues', 'PolicyDocument'], attributes: [] },
  'AWS::IAM::Role': {
    required: ['AssumeRolePolicyDocument'],
    known: ['AssumeRolePolicyDocument', 'Policies'],
    attributes: ['Arn', 'RoleId'],
  },
  'AWS::CloudFront::PublicKey': { required: ['PublicKeyConfig'], attributes: ['Id', 'CreatedTime'] },
  'AWS::CloudFront::KeyGroup': { required: ['KeyGroupConfig'], attributes: ['Id', 'LastModifiedTime'] },
  'AWS::CloudFront::OriginAccessControl': { required: ['OriginAccessControlConfig'], attributes: ['Id'] },
  'AWS::CloudFront::CachePolicy': { required: ['CachePolicyConfig'], attributes: ['Id', 'LastModifiedTime'] },
  'AWS::CloudFront::ResponseHeadersPolicy': {
    required: ['ResponseHeadersPolicyConfig'],
    attributes: ['Id', 'LastModifiedTime'],
  },
  'AWS::CloudFront::Distribution': { required: ['DistributionConfig'], attributes: ['Id', 'DomainName'] },
};

const parameters: Record<string, string> = {
  MediaBucketName: 'media',
  RenditionsBucketName: 'media-renditions',
  AppOrigin: 'https://media.example.org',
  'AWS::AccountId': '111122223333',
  'AWS::Partition': 'aws',
  'AWS::StackName': 'strata',
};

/** A value with its references resolved, as CloudFormation would; a resource is told by its name. Unknown references are kept as findings. */
function resolve(value: unknown, findings: string[] = []): unknown {
  if (Array.isArray(value)) return value.map((one) => resolve(one, findings));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [name, given] = entries[0] ?? [];
  if (entries.length === 1 && name === 'Ref') return refer(String(given), findings);
  if (entries.length === 1 && name === 'Fn::GetAtt') return refer((given as string[]).join('.'), findings);
  if (entries.length === 1 && name === 'Fn::Sub')
    return String(given).replace(/\$\{([^}]+)\}/g, (_, what: string) => refer(what, findings));
  return Object.fromEntries(entries.map(([field, one]) => [field, resolve(one, findings)]));
}

function refer(what: string, findings: string[]): string {
  const [name = '', attribute] = what.split('.');
  const resource = template.Resources[name];
  const known = resource
    ? attribute === undefined || types[resource.Type]?.attributes.includes(attribute)
    : attribute === undefined && (name in template.Parameters || name in parameters);
  if (!known) findings.push(what);
  return parameters[what] ?? what;
}
const propertiesOf = (name: string) => resolve(template.Resources[name]?.Properties) as Record<string, never>;

describe('the CloudFormation template', () => {
  it.each(Object.entries(template.Resources))(
    '%s is of a known type, with what it must and may have',
    (_, resource) => {
      const type = types[resource.Type];
      expect(type, resource.Type).toBeDefined();
      const names = Object.keys(resource.Properties);
      expect(names).toEqual(expect.arrayContaining(type?.required ?? []));
      const known = type?.known ?? type?.required ?? [];
      expect(names.filter((name) => !known.includes(name))).toEqual([]);
      if (resource.DependsOn) expect(template.Resources).toHaveProperty(resource.DependsOn);
    },
  );

  it('refers only to what is there, and uses every parameter', () => {
    const findings: string[] = [];
    resolve(template.Resources, findings);
    resolve(template.Outputs, findings);
    expect(findings).toEqual([]);
    const text = JSON.stringify(template.Resources);
    for (const name of Object.keys(template.Parameters))
      expect(text, name).toMatch(new RegExp(`"${name}"|\\{${name}\\}`));
  });

  it('makes a bucket in which every guardrail of the page stands, with nothing left to change', () => {
    const bucket = propertiesOf('MediaBucket') as Record<string, Record<string, never[]>>;
    const cors = (bucket.CorsConfiguration?.CorsRules ?? []).map(
      ({ Id, ExposedHeaders, MaxAge, ...rule }: Record<string, unknown>) => ({
        ...rule,
        ID: Id,
        ExposeHeaders: ExposedHeaders,
        MaxAgeSeconds: MaxAge,
      }),
    );
    const encryption = (bucket.BucketEncryption?.ServerSideEncryptionConfiguration ?? []).map(
      ({ ServerSideEncryptionByDefault }: Record<string, unknown>) => ({
        ApplyServerSideEncryptionByDefault: ServerSideEncryptionByDefault,
      }),
    );
    const state: GuardrailState = {
      userPolicies: [],
      documents: {
        versioning: bucket.VersioningConfiguration,
        encryption,
        'bucket-policy': (propertiesOf('MediaBucketPolicy') as Record<string, unknown>).PolicyDocument,
        'public-access-block': bucket.PublicAccessBlockConfiguration,
        ownership: bucket.OwnershipControls?.Rules?.[0],
        cors,
        lifecycle: bucket.LifecycleConfiguration?.Rules,
      },
    };
    const world = {
      bucket: 'media',
      slug: 'media',
      rootPrefix: '',
      origin: 'https://media.example.org',
      capabilities: { ...knownCapabilities('aws'), product: 'aws' },
      wanted: { kind: 'AES256' },
      serverUrl: 'https://media.s3.eu-central-1.amazonaws.com',
      browserUrl: 'https://media.s3.eu-central-1.amazonaws.com',
      accessKeys: { app: null, upload: null, purge: null },
      mayWriteUserPolicies: false,
    } as unknown as GuardrailWorld;
    for (const id of guardrailIds.filter((one) => one !== 'own-rights'))
      expect(planGuardrail(id, state, world), id).toMatchObject({ set: true, unsupported: null, change: null });
  });

  it('gives the web process the rights of the app and no more, and only the worker destroys', () => {
    const { app } = identityPolicies('media', 'aws');
    const statementsOf = (role: string) => {
      const [policy] = propertiesOf(role).Policies as unknown as { PolicyDocument: { Statement: StatementOf[] } }[];
      return policy?.PolicyDocument.Statement ?? [];
    };
    type StatementOf = { Sid: string; Effect: string; Action: string[] };
    const actions = (role: string, sid: string) => statementsOf(role).find(({ Sid }) => Sid === sid)?.Action;
    const wanted = (sid: string) => app.Statement.find(({ Sid }) => Sid === sid)?.Action;
    // Buckets are made by the stack.
    const onBucket = wanted('Bucket')?.filter((action) => action !== 's3:CreateBucket');
    for (const role of ['WebRole', 'WorkerRole']) {
      expect(actions(role, 'Bucket')?.toSorted()).toEqual(onBucket?.toSorted());
      expect(actions(role, 'Objects')?.toSorted()).toEqual(wanted('Objects')?.toSorted());
    }
    const destroying = (role: string) =>
      statementsOf(role)
        .filter(({ Action }) => Action.includes('s3:DeleteObjectVersion'))
        .map(({ Effect }) => Effect);
    expect(destroying('WebRole')).toEqual(['Deny']);
    expect(destroying('WorkerRole')).toEqual(['Allow']);
  });

  it('serves by CloudFront only what was signed, over https, and lets it alone read the buckets', () => {
    for (const name of ['MediaDistribution', 'RenditionsDistribution']) {
      const { DistributionConfig: config } = propertiesOf(name) as Record<string, Record<string, never>>;
      expect(config?.DefaultCacheBehavior).toMatchObject({
        ViewerProtocolPolicy: 'https-only',
        TrustedKeyGroups: ['KeyGroup'],
      });
      expect(config?.Origins).toMatchObject([{ OriginAccessControlId: 'OriginAccessControl.Id' }]);
    }
    // Everything that the signed link says has to reach S3, and to tell one cached answer from another.
    const { CachePolicyConfig } = propertiesOf('VersionCache') as Record<string, Record<string, never>>;
    expect(CachePolicyConfig).toMatchObject({
      ParametersInCacheKeyAndForwardedToOrigin: {
        QueryStringsConfig: {
          QueryStrings: [
            'versionId',
            'response-content-disposition',
            'response-content-type',
            'response-cache-control',
          ],
        },
      },
    });
  });
});
