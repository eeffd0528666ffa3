import type { DocumentKind } from '#lib/storage/bucket-documents.ts';
import type { StoreCapabilities, StoreIdentity, WantedEncryption } from '#lib/storage/types.ts';
import type { Policy } from './policy.ts';

/** The settings of a bucket as they are; what this store does not have is left out. */
export type GuardrailState = {
  documents: Partial<Record<DocumentKind, unknown>>;
  /** Policies of our own users, where those are what binds and this process may read them. */
  userPolicies: { identities: StoreIdentity[]; name: string; content: Policy }[];
};

/** How the app stands to the store, as far as guardrails depend on it. */
export type GuardrailWorld = {
  bucket: string;
  slug: string;
  rootPrefix: string;
  /** Of the app, as browsers write it. */
  origin: string;
  capabilities: StoreCapabilities;
  wanted: WantedEncryption;
  /** Address of the store as the server and as browsers see it, with scheme. */
  serverUrl: string;
  browserUrl: string;
  /** Access keys; null where the environment gives none (roles). */
  accessKeys: Record<StoreIdentity, string | null>;
  mayWriteUserPolicies: boolean;
};

export type DocumentChange = { kind: DocumentKind; name: string; before: unknown; after: unknown };
export type Change = { documents: DocumentChange[]; words: string; revertible: boolean };
/** For where Strata may not write itself: what an admin runs. */
export type Manual = { text: string; command: string | null; document: unknown };

export type GuardrailPlan = {
  /** Whether the store's documents say so; null where no document tells, and only a probe can. */
  set: boolean | null;
  /** Why this store or this set-up cannot have it, and what covers it; null when it can. */
  unsupported: string | null;
  change: Change | null;
  /** Why the change would lock the app out. */
  danger: string | null;
  manual: Manual | null;
  /** What it does not cover on this store even where it stands, in words. */
  limit?: string;
};

export const nothing: GuardrailPlan = { set: null, unsupported: null, change: null, danger: null, manual: null };
