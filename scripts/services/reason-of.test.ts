import { describe, expect, it } from 'vitest';
import { reasonOf } from './reason-of.mjs';

const crash = `node:internal/modules/esm/resolve:275
    throw new ERR_MODULE_NOT_FOUND(
          ^

Error [ERR_MODULE_NOT_FOUND]: Cannot find module '/app/lib/generated/client.ts'
    at finalizeResolution (node:internal/modules/esm/resolve:275:11) {
  code: 'ERR_MODULE_NOT_FOUND'
}

Node.js v24.21.0
`;

describe('reasonOf', () => {
  it.each([
    [
      'the error of a crash',
      { stderr: crash },
      "Error [ERR_MODULE_NOT_FOUND]: Cannot find module '/app/lib/generated/client.ts'",
    ],
    ['the last line of a tool', { stderr: 'Loading…\nP1012: the schema is wrong\n' }, 'P1012: the schema is wrong'],
    ['what went to the other stream', { stderr: '', stdout: 'it broke\n' }, 'it broke'],
    ['the message where nothing was printed', { message: 'spawn ENOENT' }, 'spawn ENOENT'],
    ['nothing', {}, 'no reason was given'],
  ])('is %s', (_, error, reason) => expect(reasonOf(error)).toBe(reason));
});
