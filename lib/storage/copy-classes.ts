import { transitionClasses } from './transition-classes.ts';

/**
 * Storage classes that a copy may be told to lie in (API reference, CopyObject). Which of them a store takes is probed: MinIO takes its own
 * two, Standard and Reduced Redundancy, and none of its tiers. Safe in a browser.
 */
export const copyClasses = ['STANDARD', ...transitionClasses, 'REDUCED_REDUNDANCY'] as const;
