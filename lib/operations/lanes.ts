/** So many may work at once; the others stand in line, first come first served. Whoever waits for something else gives its lane away meanwhile. */
export class Lanes {
  #free: number;
  readonly #line: (() => void)[] = [];

  constructor(count: number) {
    this.#free = count;
  }

  async enter(): Promise<void> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((resolve) => this.#line.push(resolve));
  }

  leave(): void {
    const next = this.#line.shift();
    // The lane is handed over.
    if (next) next();
    else this.#free += 1;
  }
}
