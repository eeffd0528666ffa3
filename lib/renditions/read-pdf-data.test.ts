import { expect, test } from 'vitest';
import { readPdfData } from './read-pdf-data.ts';

test.each([
  ['wasm', 'jbig2.wasm', 'application/wasm'],
  ['wasm', 'openjpeg.wasm', 'application/wasm'],
  ['wasm', 'openjpeg_nowasm_fallback.js', 'text/javascript'],
  ['cmaps', '90ms-RKSJ-H.bcmap', 'application/octet-stream'],
  ['standard_fonts', 'LiberationSans-Regular.ttf', 'application/octet-stream'],
])('%s/%s is there', async (folder, name, contentType) => {
  const found = await readPdfData(['5', folder, name]);
  expect(found?.contentType).toBe(contentType);
  expect(found?.bytes.length).toBeGreaterThan(100);
});

test.each([
  [['5', 'wasm', 'none.wasm']],
  [['5', 'wasm', '../package.json']],
  [['5', '..', 'package.json']],
  [['5', 'build', 'pdf.mjs']],
  [['5', 'wasm', 'LICENSE_JBIG2']],
  [['5', '__proto__', 'x.wasm']],
  [['5', 'cmaps', 'a', '90ms-RKSJ-H.bcmap']],
  [['5']],
])('%j is not', async (path) => expect(await readPdfData(path)).toBeNull());
