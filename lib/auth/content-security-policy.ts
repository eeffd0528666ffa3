import type { Env } from '#lib/env.ts';

type StoreAddress = Pick<
  Env,
  'S3_PUBLIC_ENDPOINT' | 'S3_REGION' | 'S3_BUCKET' | 'S3_RENDITIONS_BUCKET' | 'S3_FORCE_PATH_STYLE'
> &
  Partial<Pick<Env, 'CLOUDFRONT_URL' | 'CLOUDFRONT_RENDITIONS_URL'>>;

/**
 * Where browsers reach the store: uploads go there, files and their thumbnails come from there, or from CloudFront. AWS has two names for a region's endpoint
 * (virtual-hosted style, API_PutObject); another store is its own endpoint, with the bucket before it unless paths are forced.
 */
export function storeOrigins(env: StoreAddress): string[] {
  const fronts = [env.CLOUDFRONT_URL, env.CLOUDFRONT_RENDITIONS_URL].flatMap((url) =>
    url ? [new URL(url).origin] : [],
  );
  return [...ownOrigins(env), ...new Set(fronts)];
}

function ownOrigins(env: StoreAddress): string[] {
  const buckets = [env.S3_BUCKET, env.S3_RENDITIONS_BUCKET];
  if (!env.S3_PUBLIC_ENDPOINT) {
    const regional = `s3.${env.S3_REGION}.amazonaws.com`;
    return env.S3_FORCE_PATH_STYLE ? [`https://${regional}`] : buckets.map((bucket) => `https://${bucket}.${regional}`);
  }
  const url = new URL(env.S3_PUBLIC_ENDPOINT);
  return env.S3_FORCE_PATH_STYLE ? [url.origin] : buckets.map((bucket) => `${url.protocol}//${bucket}.${url.host}`);
}

/**
 * The policy of every page. Scripts run only with this request's nonce (and what they load); media comes from us and from the store.
 * `style-src-attr` is open because server-rendered sizes are style attributes, which take no nonce; they can run nothing.
 */
export function contentSecurityPolicy(nonce: string, store: string[], development: boolean): string {
  const stores = store.join(' ');
  return [
    `default-src 'self'`,
    // React's development build evaluates code to show server stacks; hash-wasm compiles WebAssembly.
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic' 'wasm-unsafe-eval'${development ? ` 'unsafe-eval'` : ''}`,
    development ? `style-src 'self' 'unsafe-inline'` : `style-src 'self' 'nonce-${nonce}'`,
    `style-src-attr 'unsafe-inline'`,
    `img-src 'self' blob: data: ${stores}`,
    `media-src 'self' blob: ${stores}`,
    `connect-src 'self' ${stores}${development ? ' ws:' : ''}`,
    `worker-src 'self' blob:`,
    `font-src 'self'`,
    `object-src 'none'`,
    // A ZIP is saved through a hidden frame that our own worker answers (components/organise/zip).
    `frame-src 'self'`,
    `base-uri 'none'`,
    `form-action 'self'`,
    `frame-ancestors 'none'`,
  ].join('; ');
}
