/**
 * The store in our own words. Features see these types only; no AWS SDK type leaves `lib/storage`.
 * Sizes are bytes, times are `Date`, checksums are base64 CRC64NVME of the full object (12 characters) unless said otherwise.
 */

/** Which of the three keys signs or sends a request (DESIGN section 10). */
export type StoreIdentity = 'app' | 'upload' | 'purge';

/** A bucket and a key in it. Keys are exact bytes as UTF-8, never normalised. */
export type ObjectRef = { bucket: string; key: string };
export type VersionRef = ObjectRef & { versionId: string };

/** Encryption that the library wants for what we write. */
export type WantedEncryption = { kind: 'AES256' } | { kind: 'aws:kms'; keyId: string } | { kind: 'none' };

/** What a presigned request may state about the object that it expects at its destination. */
export type WriteCondition = { ifNoneMatch: '*' } | { ifMatch: string };

/** Everything a browser needs to send one request: it adds no rule of its own. */
export type SignedRequest = {
  /** DELETE in probes of our own only: no link that people get destroys anything. */
  method: 'PUT' | 'GET' | 'HEAD' | 'DELETE';
  url: string;
  headers: Record<string, string>;
  expiresAt: Date;
};

/** One version or delete marker as the store lists it, newest first within a key. */
export type ListedVersion = {
  key: string;
  versionId: string;
  isDeleteMarker: boolean;
  isLatest: boolean;
  modifiedAt: Date;
  /** 0 for a delete marker. */
  size: number;
  /** Without quotes; null for a delete marker. */
  etag: string | null;
  storageClass: string | null;
};

/** The answer of HEAD for one version. */
export type HeadedObject = {
  key: string;
  versionId: string;
  size: number;
  etag: string;
  /** Full-object CRC64NVME, null when the store has none for this version. */
  crc64nvme: string | null;
  contentType: string | null;
  contentEncoding: string | null;
  contentDisposition: string | null;
  contentLanguage: string | null;
  cacheControl: string | null;
  /** The `Expires` header as it stands. */
  expires: string | null;
  websiteRedirect: string | null;
  storageClass: string;
  encryption: string | null;
  kmsKeyId: string | null;
  modifiedAt: Date;
  /** `x-amz-meta-*`, names lower-case without the prefix. */
  metadata: Record<string, string>;
  /** Number of S3 object tags, when the store says. */
  tagCount: number;
};

export type ListedPart = { number: number; size: number; etag: string; crc64nvme: string | null };

/** What a store supports, probed at start and kept in `Store.capabilities` (DESIGN section 2). */
export type StoreCapabilities = {
  probedAt: string;
  /** Best guess of the product from its answers: it decides wording only, never behaviour. */
  product: 'aws' | 'minio' | 'versitygw' | 'other';
  versioning: Capability;
  conditionalPut: Capability;
  /** `If-Match` on the destination of a copy: false on MinIO and VersityGW, which ignore it. */
  conditionalCopy: Capability;
  crc64nvme: Capability;
  multipartCrc64nvme: Capability;
  encryptionAes256: Capability;
  bucketCors: Capability;
  publicAccessBlock: Capability;
  objectOwnership: Capability;
  bucketPolicy: Capability;
  lifecycle: Capability;
  objectTags: Capability;
  /** Delete markers stack on AWS and VersityGW; on MinIO a second DELETE adds none. */
  stackedMarkers: Capability;
  /**
   * True where a delete marker on top fails `If-None-Match: *` and `If-Match` looks beneath it (VersityGW); on MinIO and AWS a
   * marker counts as nothing there (s3-facts 1.17, 7c). Missing in profiles probed before it was known: false.
   */
  markerBlocksCreate?: boolean;
  /** Longest path segment in bytes; MinIO 255. Null: only the key limit of 1,024 bytes. */
  maxSegmentBytes: number | null;
  /** A file `photos` hides every key under `photos/` (MinIO). */
  fileHidesFolder: boolean;
  /** "safe": an unsigned `x-amz-copy-source` on a presigned PUT was refused (DESIGN section 10). */
  headerSmuggling: { verdict: 'safe' | 'unsafe' | 'unknown'; detail: string };
  /** False: the app may not create a scratch bucket, so the rest is what is known of the product. */
  probed: boolean;
  /** A scratch bucket that could not be removed, for an admin to delete. */
  leftBehind: string | null;
  /** By name, whether a copy may be told to lie in it. Missing in profiles probed before it was known. */
  storageClasses?: Record<string, Capability>;
  /** What its lifecycle takes. Missing in profiles probed before it was known: nothing but removals. */
  lifecycleRules?: LifecycleSupport;
  /** Which policy a guardrail belongs into. Missing in profiles probed before it was known: nothing is put anywhere. */
  policies?: PolicySupport;
};

export type PolicySupport = {
  /**
   * What binds requests that are signed with a user's keys, presigned ones too: the bucket's policy (AWS, VersityGW) or only the user's own
   * (MinIO, whose bucket policy is for anonymous requests, s3-facts 7.7). `none`: nothing that is known of.
   */
  binds: 'bucket' | 'user' | 'none';
  /** A policy without an Allow for them shuts users out of their own bucket, as VersityGW does. */
  needsAllow: boolean;
};

export type LifecycleSupport = {
  /** Classes that it takes as the target of a transition; on MinIO the names of its tiers. */
  transitionClasses: string[];
  /** MinIO keeps the last transition of a rule and drops the others without a word (s3-facts 7.21). */
  oneTransitionPerRule: boolean;
  /** Whether it keeps the action that aborts unfinished uploads. */
  abortUploads: boolean;
};

/** One CORS rule of a bucket, in S3's order: the first that matches decides. */
export type CorsRule = {
  id: string | null;
  origins: string[];
  methods: string[];
  headers: string[];
  exposeHeaders: string[];
  maxAgeSeconds: number | null;
};

export type Capability = { supported: boolean; detail: string };
