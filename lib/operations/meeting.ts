import type { KeyLook } from '#lib/indexing/make-missing-assets.ts';
import { takeTicket } from '#lib/indexing/take-ticket.ts';
import { type Deleted, entryName, putDeleteMarkers, removeDeleteMarkers } from '#lib/storage/delete-together.ts';
import { listVersionsOf } from '#lib/storage/list-versions-of.ts';
import type { ListedVersion } from '#lib/storage/types.ts';
import type { Lanes } from './lanes.ts';

/** Markers from which one large request is cheaper than as many small ones. */
const worthOne = 4;

/** What one item waits for. */
type Wish = {
  looks: string[];
  mark: string[];
  unmark: { key: string; versionId: string }[];
  granted: PromiseWithResolvers<Map<string, Deleted>>;
};

/**
 * Where the items of a batch meet. Each runs for itself, in a lane, until it wants something that stores do for many keys in one request: a look, a
 * delete marker, the removal of markers. There it gives its lane away. When all that are under way wait or have ended, everything that they want is
 * asked for at once, and they go on.
 */
export class Meeting {
  /** The newest look at each key. */
  readonly looks = new Map<string, KeyLook>();
  readonly #bucket: string;
  readonly #lanes: Lanes;
  #acting = 0;
  #mayCome = true;
  #wishes: Wish[] = [];

  constructor(bucket: string, lanes: Lanes) {
    this.#bucket = bucket;
    this.#lanes = lanes;
  }

  /** Runs an item in the lane that the caller entered for it. */
  async join<T>(item: () => Promise<T>): Promise<T> {
    this.#acting += 1;
    try {
      return await item();
    } finally {
      this.#lanes.leave();
      this.#rest();
    }
  }

  /** No more items come. */
  close(): void {
    this.#mayCome = false;
    this.#meetIfAll();
  }

  /**
   * Looks at keys now, without waiting for anybody.
   * @param mayBeAbsent as `listVersionsOf`
   */
  async lookAt(keys: string[], mayBeAbsent?: ReadonlySet<string>): Promise<void> {
    if (keys.length === 0) return;
    const ticket = await takeTicket();
    const found = await listVersionsOf(this.#bucket, keys, mayBeAbsent);
    for (const [key, listed] of found) this.looks.set(key, { ticket, listed });
  }

  /** Looks at keys with the others; `looks` has them then. For items that joined, as what follows. */
  async look(keys: string[]): Promise<void> {
    await this.#wish({ looks: keys });
  }

  /** @returns null when it was not done, or not told: ask for it alone */
  async putMarker(key: string): Promise<Deleted | null> {
    return (await this.#wish({ mark: [key] })).get(key) ?? null;
  }

  /** @returns those of the markers that are to be removed alone */
  async removeMarkers(markers: ListedVersion[]): Promise<ListedVersion[]> {
    const done = await this.#wish({ unmark: markers });
    return markers.filter((marker) => !done.has(entryName(marker)));
  }

  async #wish(wish: Partial<Wish>): Promise<Map<string, Deleted>> {
    const granted = Promise.withResolvers<Map<string, Deleted>>();
    this.#wishes.push({ looks: [], mark: [], unmark: [], ...wish, granted });
    this.#lanes.leave();
    this.#rest();
    try {
      return await granted.promise;
    } finally {
      await this.#lanes.enter();
    }
  }

  #rest(): void {
    this.#acting -= 1;
    this.#meetIfAll();
  }

  #meetIfAll(): void {
    if (this.#mayCome || this.#acting > 0 || this.#wishes.length === 0) return;
    const wishes = this.#wishes;
    this.#wishes = [];
    // Before they go on, so that none of them meets the others while some are still in line for a lane.
    this.#acting = wishes.length;
    void this.#grant(wishes);
  }

  async #grant(wishes: Wish[]): Promise<void> {
    const all = <T>(of: (wish: Wish) => T[]) => wishes.flatMap(of);
    const together = <T>(wanted: T[], ask: (some: T[]) => Promise<Map<string, Deleted>>) =>
      wanted.length < worthOne ? new Map<string, Deleted>() : ask(wanted);
    const looking = this.lookAt([...new Set(all(({ looks }) => looks))]);
    const marking = together(
      all(({ mark }) => mark),
      (keys) => putDeleteMarkers(this.#bucket, keys),
    );
    const unmarking = together(
      all(({ unmark }) => unmark),
      (markers) => removeDeleteMarkers(this.#bucket, markers),
    );
    // All have ended before the first goes on; each hears of what it asked for.
    await Promise.allSettled([looking, marking, unmarking]);
    for (const { looks, mark, granted } of wishes) {
      const answer = looks.length > 0 ? looking.then(() => new Map()) : mark.length > 0 ? marking : unmarking;
      granted.resolve(answer);
    }
  }
}
