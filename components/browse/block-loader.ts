import type { Entry } from '#lib/assets/schema.ts';
import type { Block } from './listing.ts';

/** Blocks on their way at once. A browser gives a site six connections; pictures and the wait for changes need some. */
const lanes = 2;
/** Ms that a place must stay in view before it is read: who drags the scrollbar passes thousands. */
const settleMs = 60;

type Read = (block: Block, signal: AbortSignal) => Promise<Entry[]>;

/** Reads the blocks of a list that are looked at, newest wish first; what was scrolled past is not read. */
export class BlockLoader {
  readonly #read: Read;
  readonly #arrived: (block: Block, entries: Entry[]) => void;
  readonly #tellFailed: (failed: boolean) => void;
  readonly #running = new Map<string, AbortController>();
  readonly #broken = new Set<string>();
  #wanted: Block[] = [];
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(read: Read, arrived: (block: Block, entries: Entry[]) => void, tellFailed: (failed: boolean) => void) {
    this.#read = read;
    this.#arrived = arrived;
    this.#tellFailed = tellFailed;
  }

  want(blocks: readonly Block[], from: number, to: number): void {
    const middle = (from + to) / 2;
    const distance = (block: Block) => Math.abs(block.from + block.count / 2 - middle);
    this.#wanted = blocks
      .filter((block) => !block.entries && block.from <= to && block.from + block.count > from)
      .sort((a, b) => distance(a) - distance(b));
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = this.#wanted.length === 0 ? null : setTimeout(() => this.#next(), settleMs);
  }

  /** The entries of these places, reading what is missing. @throws what the reading throws */
  async load(blocks: readonly Block[], from: number, to: number): Promise<Entry[]> {
    const covering = blocks.filter((block) => block.from <= to && block.from + block.count > from);
    const parts: (readonly Entry[])[] = [];
    let next = 0;
    const lane = async () => {
      while (next < covering.length) {
        const at = next++;
        const block = covering[at] as Block;
        parts[at] = block.entries ?? (await this.#read(block, AbortSignal.timeout(60_000)));
      }
    };
    await Promise.all(Array.from({ length: lanes }, lane));
    return covering.flatMap((block, at) =>
      (parts[at] ?? []).slice(Math.max(0, from - block.from), Math.max(0, to + 1 - block.from)),
    );
  }

  retry(): void {
    this.#broken.clear();
    this.#tellFailed(false);
    this.#next();
  }

  stop(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#wanted = [];
    for (const controller of this.#running.values()) controller.abort();
  }

  #next(): void {
    this.#timer = null;
    for (const block of this.#wanted) {
      if (this.#running.size >= lanes) return;
      const id = `${block.from}+${block.count}`;
      if (!this.#running.has(id) && !this.#broken.has(id)) void this.#run(id, block);
    }
  }

  async #run(id: string, block: Block): Promise<void> {
    const controller = new AbortController();
    this.#running.set(id, controller);
    try {
      const entries = await this.#read(block, controller.signal);
      this.#wanted = this.#wanted.filter((each) => each.from !== block.from);
      this.#arrived(block, entries);
    } catch {
      if (controller.signal.aborted) return;
      // Shown at the foot with a button; the app asks again by itself when the connection is back.
      this.#broken.add(id);
      this.#tellFailed(true);
    } finally {
      this.#running.delete(id);
      if (!controller.signal.aborted) this.#next();
    }
  }
}
