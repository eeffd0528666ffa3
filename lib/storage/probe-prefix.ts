/** Keys of probes in a library's bucket; they exist for a moment, leave no version behind, and the index takes no notice of them. */
export const PROBE_PREFIX = '.strata-probe/';
