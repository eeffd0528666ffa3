import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findPathProblem } from '#lib/libraries/path-rules.ts';
import { candidatePrefix, chooseFreePath } from './name-conflict.ts';

const minio = { rootPrefix: '', maxSegmentBytes: 255 };
const bytes = (text: string) => new TextEncoder().encode(text).length;

describe('chooseFreePath', () => {
  it.each<[string, string[], string]>([
    ['photo.jpg', [], 'photo (2).jpg'],
    ['photo.jpg', ['photo (2).jpg', 'photo (3).jpg'], 'photo (4).jpg'],
    ['photo (2).jpg', ['photo (3).jpg'], 'photo (4).jpg'],
    ['a/b/photo.jpg', [], 'a/b/photo (2).jpg'],
    ['a.b/README', [], 'a.b/README (2)'],
    ['.htaccess', [], '.htaccess (2)'],
    ['backup.tar.gz', [], 'backup (2).tar.gz'],
    ['.tar.gz', [], '.tar (2).gz'],
    ['Mr. Smith goes to Washington', [], 'Mr. Smith goes to Washington (2)'],
    ['IMG (12345).png', [], 'IMG (12346).png'],
    ['year (2026-11).png', [], 'year (2026-11) (2).png'],
    ['صورة.jpg', [], 'صورة (2).jpg'],
  ])('%s beside %j → %s', (path, taken, expected) => {
    expect(chooseFreePath(path, (candidate) => taken.includes(candidate), minio)).toBe(expected);
  });

  it('shortens a name of 255 bytes and keeps its extension', () => {
    const chosen = chooseFreePath(`${'x'.repeat(251)}.jpg`, () => false, minio);
    expect(chosen).toBe(`${'x'.repeat(247)} (2).jpg`);
  });

  it('tears no emoji when it shortens', () => {
    const family = '👨‍👩‍👧‍👦';
    const chosen = chooseFreePath(`${family.repeat(10)}.jpg`, () => false, minio) as string;
    expect(bytes(chosen)).toBeLessThanOrEqual(255);
    expect(chosen).toMatch(/^(👨‍👩‍👧‍👦)+ \(2\)\.jpg$/u);
  });

  it('shortens to the 1,024 bytes of the key with its root prefix', () => {
    const limits = { rootPrefix: 'library/', maxSegmentBytes: null };
    const path = `${'d'.repeat(500)}/${'x'.repeat(511)}.jpg`;
    const chosen = chooseFreePath(path, () => false, limits) as string;
    expect(bytes(limits.rootPrefix + chosen)).toBe(1024);
    expect(findPathProblem(chosen, limits)).toBeNull();
  });

  it('gives up when the folder leaves no room', () => {
    const path = `${'d'.repeat(1018)}/x.jpg`;
    expect(chooseFreePath(path, () => false, { rootPrefix: '', maxSegmentBytes: null })).toBeNull();
  });

  it('only tries names under candidatePrefix, and ends within the limits', () => {
    fc.assert(
      fc.property(
        fc
          .string({ unit: 'grapheme', minLength: 1, maxLength: 200 })
          .filter((name) => findPathProblem(name, minio) === null && !name.includes('/')),
        fc.integer({ min: 0, max: 30 }),
        (name, busy) => {
          const tried: string[] = [];
          const chosen = chooseFreePath(`f/${name}`, (candidate) => tried.push(candidate) <= busy, minio);
          const prefix = candidatePrefix(`f/${name}`, minio);
          expect(tried.every((candidate) => candidate.startsWith(prefix))).toBe(true);
          expect(chosen === null || findPathProblem(chosen, minio) === null).toBe(true);
        },
      ),
    );
  });
});
