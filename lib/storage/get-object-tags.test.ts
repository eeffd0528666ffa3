import { expect, it } from 'vitest';
import { readTagging } from './get-object-tags.ts';

const tagging = (tags: string) =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<Tagging xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><TagSet>${tags}</TagSet></Tagging>`;

it.each([
  ['none', tagging(''), []],
  [
    'two, in order',
    tagging('<Tag><Key>b</Key><Value>1</Value></Tag><Tag><Key>a</Key><Value></Value></Tag>'),
    [
      { key: 'b', value: '1' },
      { key: 'a', value: '' },
    ],
  ],
  [
    'letters that XML writes otherwise',
    tagging('<Tag><Key>R&amp;D</Key><Value>&#xfc;ber &lt;1</Value></Tag>'),
    [{ key: 'R&D', value: 'über <1' }],
  ],
  ['an element in another way', tagging('<Tag><Key>a</Key><Value/></Tag>'), null],
  ['fields turned around', tagging('<Tag><Value>1</Value><Key>a</Key></Tag>'), null],
  ['a document that was cut off', tagging('<Tag><Key>a</Key><Value>1</Value></Tag>').slice(0, -12), null],
  ['something else', '<Error><Code>SlowDown</Code></Error>', null],
])('%s', (_, body, tags) => {
  expect(readTagging(body)).toEqual(tags);
});
