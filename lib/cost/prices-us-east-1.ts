import type { ClassPrice, PriceSheet } from './schema.ts';

const KB = 1024;
const none = {
  retrievalPerGb: 0,
  minimumDays: 0,
  minimumBytes: 0,
  overheadBytes: 0,
  overheadStandardBytes: 0,
  monitoringPer1000: 0,
  transitionPer1000: 0,
};
const flat = (perGbMonth: number): ClassPrice['storage'] => [{ upToGb: null, perGbMonth }];

/**
 * AWS S3 in us-east-1: list prices of AWS's public offer file, its request table, and a public table of transition prices
 * (s3-facts 4.4, 4.10 and 4.11 give each source). An admin replaces it with the prices of the real region or store.
 */
export const pricesUsEast1: PriceSheet = {
  name: 'Amazon S3, us-east-1',
  currency: 'USD',
  asOf: '2026-11-22',
  source: 'AWS public price list (offer file AmazonS3, us-east-1), list prices without discounts',
  classes: {
    STANDARD: {
      ...none,
      storage: [
        { upToGb: 50 * 1024, perGbMonth: 0.023 },
        { upToGb: 500 * 1024, perGbMonth: 0.022 },
        { upToGb: null, perGbMonth: 0.021 },
      ],
      putPer1000: 0.005,
      getPer1000: 0.0004,
    },
    // Frequent Access, where every object begins; what moves on by itself costs less, so this is the upper bound.
    INTELLIGENT_TIERING: {
      ...none,
      storage: flat(0.023),
      putPer1000: 0.005,
      getPer1000: 0.0004,
      transitionPer1000: 0.01,
      monitoringPer1000: 0.0025,
    },
    STANDARD_IA: {
      ...none,
      storage: flat(0.0125),
      putPer1000: 0.01,
      getPer1000: 0.001,
      transitionPer1000: 0.01,
      retrievalPerGb: 0.01,
      minimumDays: 30,
      minimumBytes: 128 * KB,
    },
    ONEZONE_IA: {
      ...none,
      storage: flat(0.01),
      putPer1000: 0.01,
      getPer1000: 0.001,
      transitionPer1000: 0.01,
      retrievalPerGb: 0.01,
      minimumDays: 30,
      minimumBytes: 128 * KB,
    },
    GLACIER_IR: {
      ...none,
      storage: flat(0.004),
      putPer1000: 0.02,
      getPer1000: 0.01,
      transitionPer1000: 0.02,
      retrievalPerGb: 0.03,
      minimumDays: 90,
      minimumBytes: 128 * KB,
    },
    GLACIER: {
      ...none,
      storage: flat(0.0036),
      putPer1000: 0.03,
      getPer1000: 0.0004,
      transitionPer1000: 0.03,
      retrievalPerGb: 0.01,
      minimumDays: 90,
      overheadBytes: 32 * KB,
      overheadStandardBytes: 8 * KB,
    },
    DEEP_ARCHIVE: {
      ...none,
      storage: flat(0.00099),
      putPer1000: 0.05,
      getPer1000: 0.0004,
      transitionPer1000: 0.05,
      retrievalPerGb: 0.02,
      minimumDays: 180,
      overheadBytes: 32 * KB,
      overheadStandardBytes: 8 * KB,
    },
  },
  listPer1000: 0.005,
  egressPerGb: 0.09,
  cloudFrontPerGb: 0.085,
};
