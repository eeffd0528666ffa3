/** Life of a signed URL, seconds (DESIGN section 5: at most 10 min). */
export const urlSeconds = 600;
/** A single upload that nobody touched for this long is given up. Milliseconds. */
export const singleSessionMs = 24 * 60 * 60_000;
/** The same for parts, counted from the last part URLs: 7 days, as stores keep unfinished uploads. */
export const multipartSessionMs = 7 * 24 * 60 * 60_000;
/**
 * After the last URL was signed the sweep waits this long before it looks: the URL's life, and time for a slow PUT that began in its
 * last second (a store checks the expiry when a request starts, s3-facts 1.20).
 */
export const firstLookMs = urlSeconds * 1000 + 5 * 60_000;
/** A completion says that it is alive before this has passed; else another process takes over. */
export const leaseMs = 30_000;
/** Clocks of the app and the store may differ: S3 itself refuses signatures that are 15 minutes off (RequestTimeTooSkewed). */
export const clockMarginMs = 15 * 60_000;

export const sessionMs = (kind: 'single' | 'multipart') => (kind === 'single' ? singleSessionMs : multipartSessionMs);
