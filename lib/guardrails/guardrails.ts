/** The guardrails in the order in which they are shown. Stored in runs and settings changes: append, never rename. */
export const guardrailIds = [
  'versioning',
  'encryption',
  'wrong-encryption',
  'tls',
  'anonymous',
  'public-access-block',
  'ownership',
  'cors',
  'link-age',
  'unfinished',
  'own-rights',
] as const;
export type GuardrailId = (typeof guardrailIds)[number];

export type GuardrailWords = { title: string; short: string; meaning: string };

/** What each one is called, in a few words, and what it means in one sentence. */
export const guardrailWords: Record<GuardrailId, GuardrailWords> = {
  versioning: {
    title: 'Versioning',
    short: 'The old bytes are kept',
    meaning: 'Every overwrite and every delete keeps what was there, so that it can be undone.',
  },
  encryption: {
    title: 'Default encryption',
    short: 'New files are encrypted at rest',
    meaning: 'A file that arrives without naming its encryption is encrypted all the same.',
  },
  'wrong-encryption': {
    title: 'Wrong encryption refused',
    short: 'Other keys are refused',
    meaning: 'Nobody can put a file under another key or algorithm than the one of this library.',
  },
  tls: {
    title: 'TLS only',
    short: 'Plain HTTP must be refused',
    meaning: 'Plain HTTP can be read on the way. The store should refuse it.',
  },
  anonymous: {
    title: 'No anonymous reading',
    short: 'Only signed links can read',
    meaning: 'Whoever has no signed link gets nothing: no file, no list, no upload.',
  },
  'public-access-block': {
    title: 'Public access block',
    short: 'Public policies and ACLs have no effect',
    meaning: 'Even a mistake in a policy or an ACL cannot make the bucket public.',
  },
  ownership: {
    title: 'Object ownership',
    short: 'Everything belongs to the bucket’s owner',
    meaning: 'ACLs are off, so an upload cannot make its own file public or belong to somebody else.',
  },
  cors: {
    title: 'CORS for this site',
    short: 'Browsers may upload from here',
    meaning: 'Browsers send to another address than this page’s only where the store says that this site may.',
  },
  'link-age': {
    title: 'Link age',
    short: 'They die after 15 minutes',
    meaning: 'A signed link that leaks is of no use later, whatever life it was signed for.',
  },
  unfinished: {
    title: 'Unfinished uploads',
    short: 'Parts are removed after 7 days',
    meaning: 'Parts of uploads that were never finished are billed until somebody removes them.',
  },
  'own-rights': {
    title: 'Own rights',
    short: 'What the app itself may do in the store',
    meaning: 'Each of Strata’s keys can do its work in this bucket and nothing more.',
  },
};

/** Seconds after which the store refuses a signed link. The oldest that Strata hands out are 15 minutes old: pictures, 5 and a window of 10. */
export const linkSeconds = 900;
/** Days after which the store removes parts of unfinished uploads; Strata's own sweep gives a session as long. */
export const unfinishedDays = 7;
