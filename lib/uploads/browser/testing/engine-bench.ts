import type { PickedFile, UploadItem } from '../types.ts';
import { createUploadEngine, type UploadEngine } from '../upload-engine.ts';
import { createFakeTransport, directHasher } from './fake-transport.ts';

/** An engine on the fake world, and what tests ask of it. */
export function setUp(options: Parameters<typeof createFakeTransport>[0] = {}) {
  const world = createFakeTransport(options);
  const engine = createUploadEngine(world.transport, directHasher);
  return { ...world, engine, ...watch(engine) };
}

export function watch(engine: UploadEngine) {
  const items = (): UploadItem[] => Object.values(engine.snapshot().groups).flat();
  /** Until the published state satisfies `enough`. */
  const until = (enough: () => boolean, what: string, ms = 8000): Promise<void> =>
    new Promise((resolve, reject) => {
      if (enough()) return resolve();
      const stop = engine.subscribe(() => {
        if (!enough()) return;
        clearTimeout(timer);
        stop();
        resolve();
      });
      const timer = setTimeout(() => {
        stop();
        const states = items().map((item) => `${item.name}: ${item.state} ${item.failure?.sentence ?? ''}`);
        reject(new Error(`Waited ${ms} ms for ${what}.\n${states.slice(0, 10).join('\n')}`));
      }, ms);
    });
  const allDone = (count: number) => until(() => engine.snapshot().done === count, `${count} done`);
  const inState = (state: UploadItem['state'], count = 1) =>
    until(() => items().filter((item) => item.state === state).length >= count, `${count} ${state}`);
  const only = (): UploadItem => {
    const [item, ...more] = items();
    if (!item || more.length > 0) throw new Error(`There are ${more.length + (item ? 1 : 0)} items, not one.`);
    return item;
  };
  return { items, until, allDone, inState, only };
}

/** A file of `size` bytes that are not all alike. */
export function makeFile(name: string, size: number, lastModified = Date.UTC(2026, 10, 1)): File {
  const bytes = new Uint8Array(size);
  for (let i = 0; i < size; i += 997) bytes[i] = (i / 997) % 251;
  return new File([bytes], name, { type: 'image/jpeg', lastModified });
}

export const pick = (...files: File[]): PickedFile[] => files.map((file) => ({ file, relativePath: file.name }));
