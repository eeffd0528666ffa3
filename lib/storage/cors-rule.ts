import { SIGNABLE_BY_BROWSER } from './signed-headers.ts';
import type { CorsRule } from './types.ts';

export const CORS_RULE_ID = 'strata';

/**
 * What browsers on this origin need: to send what the signer binds, and to read what the app looks at.
 * ExposeHeaders takes no wildcard on AWS (s3-facts 6.3).
 * @param origin exact, as in `https://media.example.org`; no path
 */
export function corsRule(origin: string): CorsRule {
  return {
    id: CORS_RULE_ID,
    origins: [new URL(origin).origin],
    methods: ['PUT', 'GET', 'HEAD'],
    headers: [...SIGNABLE_BY_BROWSER, 'range'],
    exposeHeaders: [
      'ETag',
      'x-amz-version-id',
      'x-amz-checksum-crc64nvme',
      'x-amz-request-id',
      'x-amz-id-2',
      'Content-Range',
      'Accept-Ranges',
    ],
    // Chromium caps at 7200 s (s3-facts 6.2).
    maxAgeSeconds: 3000,
  };
}
