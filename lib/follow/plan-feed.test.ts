import { expect, it } from 'vitest';
import { type FeedFacts, planFeed } from './plan-feed.ts';

const now = new Date('2026-11-25T12:00:00Z');
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000);
const facts = (given: Partial<FeedFacts>): FeedFacts => ({
  source: 'webhook',
  connected: true,
  aliveAt: null,
  lastEventAt: null,
  lastDelayMs: null,
  waitingSince: null,
  waiting: 0,
  ...given,
});
const nothing = { followed: false, lagSeconds: null };

it.each([
  ['nothing was ever set up', null, nothing],
  ['no event ever came and nothing is connected', facts({ source: null, connected: false }), nothing],
  ['a connected bucket is silent', facts({}), { followed: true, lagSeconds: 0 }],
  [
    'a webhook that the bucket says nothing of',
    facts({ connected: false, aliveAt: ago(3_600) }),
    { followed: true, lagSeconds: 0 },
  ],
  ['the same, silent for a day', facts({ connected: false, aliveAt: ago(86_401) }), nothing],
  ['a queue that answers', facts({ source: 'queue', aliveAt: ago(20) }), { followed: true, lagSeconds: 0 }],
  ['a queue whose reader is away', facts({ source: 'queue', aliveAt: ago(121) }), nothing],
  ['the last event took 3 s', facts({ lastEventAt: ago(10), lastDelayMs: 3_000 }), { followed: true, lagSeconds: 3 }],
  ['that was long ago', facts({ lastEventAt: ago(61), lastDelayMs: 3_000 }), { followed: true, lagSeconds: 0 }],
  ['a look waits', facts({ waitingSince: ago(7), waiting: 4 }), { followed: true, lagSeconds: 7 }],
  [
    'both: the longer',
    facts({ waitingSince: ago(2), lastEventAt: ago(1), lastDelayMs: 5_000 }),
    { followed: true, lagSeconds: 5 },
  ],
  ['clocks differ', facts({ waitingSince: ago(-3) }), { followed: true, lagSeconds: 0 }],
])('%s', (_, given, wanted) => {
  expect(planFeed(given, now)).toEqual(wanted);
});
