import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CelEngine, TemplateFile } from '@aws/cloudformation-validate';
import { afterAll, describe, expect, it } from 'vitest';
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
const text = readFileSync(new URL('../deploy/aws/strata.template.json', import.meta.url), 'utf8');
const template = JSON.parse(text) as Template;

/** AWS's own validator: the rules of cfn-lint and the resource schemas of CloudFormation, from npm and without network. */
const engine = new CelEngine();
const folder = mkdtempSync(join(tmpdir(), 'strata-template-'));
afterAll(() => {
  engine.free();
  rmSync(folder, { recursive: true });
});

/** What it warns of or refuses. A report that is not complete is no report. */
function validate(content: string, region: string) {
  const file = join(folder, 'template.json');
  writeFileSync(file, content);
  const report = engine.validateStandard(new TemplateFile(file), {
    severityLevel: 'WARN',
    pseudoParameterOverrides: { region },
  });
  expect(report.status).toBe('OK');
  return report.diagnostics.map(({ ruleId, message, entity }) => ({ ruleId, message, entity: entity?.logicalId }));
}

const parameters: Record<string, string> = {
  MediaBucketName: 'media',
  RenditionsBucketName: 'media-renditions',
  AppOrigin: 'https://media.example.org',
  'AWS::AccountId': '111122223333',
  'AWS::Partition': 'aws',
  'AWS::StackName': 'strata',
};

/** A value with its references resolved, as CloudFormation would; a resource is told by its name. */
function resolve(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(resolve);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [name, given] = entries[0] ?? [];
  if (entries.length === 1 && name === 'Ref') return refer(String(given));
  if (entries.length === 1 && name === 'Fn::GetAtt') return (given as string[]).join('.');
  if (entries.length === 1 && name === 'Fn::Sub')
    return String(given).replace(/\$\{([^}]+)\}/g, (_, what: string) => refer(what));
  return Object.fromEntries(entries.map(([field, one]) => [field, resolve(one)]));
}
const refer = (what: string) => parameters[what] ?? what;
const propertiesOf = (name: string) => resolve(template.Resources[name]?.Properties) as Record<string, never>;

describe('the CloudFormation template', () => {
  it.each(['us-east-1', 'eu-central-1', 'ap-southeast-2'])(
    'gives the validator of AWS nothing to warn of, with the resource schemas of %s',
    (region) => {
      expect(validate(text, region)).toEqual([]);
    },
  );

  it.each([
    ['a misspelt property', '"MaxAge"', '"MaxAges"', 'F3002'],
    ['a type that is not there', 'AWS::SQS::QueuePolicy', 'AWS::SQS::QueuePolicies', 'F3006'],
    ['a parameter that is not there', '"Ref": "AppOrigin"', '"Ref": "AppOrigins"', 'F1020'],
    ['a name in a text that is not there', '{MediaBucketName}', '{MediaBuckets}', 'F1018'],
    ['an attribute that is not there', '["OriginAccessControl", "Id"]', '["OriginAccessControl", "Ids"]', 'E9004'],
    ['a word that is none of the choices', '"BucketOwnerEnforced"', '"BucketOwnerForced"', 'W3030'],
    ['a property that has to be there', '"SSEAlgorithm": "AES256"', '"BucketKeyEnabled": true', 'F3003'],
    ['a parameter nobody uses', '"AppOrigin": {', '"Unused": { "Type": "String" }, "AppOrigin": {', 'W2001'],
  ])('would be refused with %s', (_, right, wrong, rule) => {
    const broken = text.replace(right, () => wrong);
    expect(broken).not.toBe(text);
    expect(validate(broken, 'us-east-1').map(({ ruleId }) => ruleId)).toContain(rule);
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
