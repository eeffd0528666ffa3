/** What S3 takes as the target of a lifecycle transition (API reference, TransitionStorageClass; s3-facts 4.1). Safe in a browser. */
export const transitionClasses = [
  'INTELLIGENT_TIERING',
  'STANDARD_IA',
  'ONEZONE_IA',
  'GLACIER_IR',
  'GLACIER',
  'DEEP_ARCHIVE',
] as const;
