import { copyClasses } from './copy-classes.ts';
import { transitionClasses } from './transition-classes.ts';
import type { Capability, StoreCapabilities } from './types.ts';

type Known = Omit<StoreCapabilities, 'probedAt' | 'product' | 'headerSmuggling' | 'probed' | 'leftBehind'>;

type Feature = Exclude<
  keyof Known,
  'markerBlocksCreate' | 'maxSegmentBytes' | 'fileHidesFolder' | 'storageClasses' | 'lifecycleRules' | 'policies'
>;

const NAMES: Record<StoreCapabilities['product'], string> = {
  aws: 'Amazon S3',
  minio: 'MinIO',
  versitygw: 'VersityGW',
  other: 'this store',
};

/** What each product lacks (s3-facts 7.13, 7.15, 7b, 7c). */
const LACKS: Record<'aws' | 'minio' | 'versitygw', Feature[]> = {
  aws: [],
  minio: ['conditionalCopy', 'bucketCors', 'publicAccessBlock', 'objectOwnership', 'stackedMarkers'],
  versitygw: ['conditionalCopy', 'encryptionAes256', 'publicAccessBlock', 'lifecycle'],
};

/**
 * The profile where nothing may be tried: what is known of the product. Of a store that is not known, only what every
 * store must have for the app to work at all is taken as given; the rest is off, and says why.
 */
export function knownCapabilities(product: StoreCapabilities['product']): Known {
  const unprobed = 'Not tried: the app may not create a scratch bucket.';
  const required: Feature[] = ['versioning', 'conditionalPut', 'crc64nvme', 'multipartCrc64nvme'];
  const feature = (name: Feature): Capability => {
    const supported = product === 'other' ? required.includes(name) : !LACKS[product].includes(name);
    return { supported, detail: `${unprobed} ${supported ? 'Assumed of' : 'Not known of'} ${NAMES[product]}.` };
  };
  const takesClass = (name: string): Capability => {
    const supported =
      name === 'STANDARD' || product === 'aws' || (product === 'minio' && name === 'REDUCED_REDUNDANCY');
    return { supported, detail: `${unprobed} ${supported ? 'Assumed of' : 'Not known of'} ${NAMES[product]}.` };
  };
  return {
    versioning: feature('versioning'),
    conditionalPut: feature('conditionalPut'),
    conditionalCopy: feature('conditionalCopy'),
    crc64nvme: feature('crc64nvme'),
    multipartCrc64nvme: feature('multipartCrc64nvme'),
    encryptionAes256: feature('encryptionAes256'),
    bucketCors: feature('bucketCors'),
    publicAccessBlock: feature('publicAccessBlock'),
    objectOwnership: feature('objectOwnership'),
    bucketPolicy: feature('bucketPolicy'),
    lifecycle: feature('lifecycle'),
    objectTags: feature('objectTags'),
    stackedMarkers: feature('stackedMarkers'),
    markerBlocksCreate: product === 'versitygw',
    // Of an unknown store the narrower limit is the safe one.
    maxSegmentBytes: product === 'aws' ? null : 255,
    fileHidesFolder: product === 'minio' || product === 'other',
    policies: {
      binds: ({ aws: 'bucket', minio: 'user', versitygw: 'bucket', other: 'none' } as const)[product],
      needsAllow: product === 'versitygw',
    },
    storageClasses: Object.fromEntries(copyClasses.map((name) => [name, takesClass(name)])),
    lifecycleRules: {
      // MinIO's classes are the names of its tiers, which only a trial can tell.
      transitionClasses: product === 'aws' ? [...transitionClasses] : [],
      oneTransitionPerRule: product !== 'aws',
      abortUploads: product === 'aws',
    },
  };
}
