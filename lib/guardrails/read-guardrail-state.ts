import { env } from '#lib/env.ts';
import type { LibraryContext } from '#lib/libraries/require-library.ts';
import { bucketAddress } from '#lib/storage/address.ts';
import { type DocumentKind, readDocument } from '#lib/storage/bucket-documents.ts';
import { ownKeys, wantedEncryption } from '#lib/storage/client.ts';
import type { StoreIdentity } from '#lib/storage/types.ts';
import { findUserPolicyName, mayWriteUserPolicies } from '#lib/storage/user-policies.ts';
import type { GuardrailState, GuardrailWorld } from './plan-types.ts';
import { parsePolicy } from './policy.ts';

const identities: StoreIdentity[] = ['app', 'upload', 'purge'];

/** How the app of this process stands to the store of a library. */
export function guardrailWorld(library: LibraryContext): GuardrailWorld {
  const url = (endpoint: 'public' | 'internal') => {
    const { protocol, host } = bucketAddress(library.bucket, endpoint);
    return `${protocol}//${host}`;
  };
  const keyOf = (identity: StoreIdentity) => (ownKeys(identity) ?? ownKeys('app'))?.accessKeyId ?? null;
  return {
    bucket: library.bucket,
    slug: library.slug,
    rootPrefix: library.rootPrefix,
    origin: new URL(env().APP_URL).origin,
    capabilities: library.capabilities,
    wanted: wantedEncryption(),
    serverUrl: url('internal'),
    browserUrl: url('public'),
    accessKeys: { app: keyOf('app'), upload: keyOf('upload'), purge: keyOf('purge') },
    mayWriteUserPolicies: mayWriteUserPolicies(),
  };
}

/** Every setting that guardrails depend on, asked from the store at once. @throws AppError store_unavailable */
export async function readGuardrailState(world: GuardrailWorld): Promise<GuardrailState> {
  const kinds = supportedKinds(world);
  const documents = await Promise.all(kinds.map((kind) => readDocument({ kind, name: world.bucket })));
  return {
    documents: Object.fromEntries(kinds.map((kind, index) => [kind, documents[index]])),
    userPolicies: world.capabilities.policies?.binds === 'user' ? await readUserPolicies(world) : [],
  };
}

function supportedKinds({ capabilities }: GuardrailWorld): DocumentKind[] {
  const asked: [DocumentKind, boolean][] = [
    ['versioning', capabilities.versioning.supported],
    ['encryption', capabilities.encryptionAes256.supported],
    ['bucket-policy', capabilities.bucketPolicy.supported],
    ['public-access-block', capabilities.publicAccessBlock.supported],
    ['ownership', capabilities.objectOwnership.supported],
    ['cors', capabilities.bucketCors.supported],
    ['lifecycle', capabilities.lifecycle.supported],
  ];
  return asked.flatMap(([kind, supported]) => (supported ? [kind] : []));
}

/** One entry a policy: identities may share a user, and users a policy. */
export async function readUserPolicies({ accessKeys, mayWriteUserPolicies: may }: GuardrailWorld) {
  if (!may) return [];
  const found = new Map<string, GuardrailState['userPolicies'][number]>();
  for (const identity of identities) {
    const accessKey = accessKeys[identity];
    const name = accessKey === null ? null : await findUserPolicyName(accessKey);
    if (name === null) continue;
    const entry = found.get(name) ?? {
      name,
      identities: [],
      content: parsePolicy(JSON.stringify(await readDocument({ kind: 'user-policy', name }))),
    };
    entry.identities.push(identity);
    found.set(name, entry);
  }
  return [...found.values()];
}
