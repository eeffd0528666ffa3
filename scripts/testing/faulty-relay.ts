import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeDice } from './dice.ts';
import { answerError, closeRelayServer, openRelayServer, passOn } from './relay-server.ts';

/**
 * What goes wrong: `busy` the store answers 503 SlowDown; `cut` the connection ends before the request arrives; `lost` it ends after
 * the store has done it; `half` in the middle of the answer; `slow` the answer comes late; `full` the store takes no more bytes.
 */
export type Fault = 'busy' | 'cut' | 'lost' | 'half' | 'slow' | 'full';

const slowMs = 400;
const errors = {
  busy: { status: 503, code: 'SlowDown' },
  // As MinIO says it (cmd/api-errors.go, ErrStorageFull).
  full: { status: 507, code: 'XMinioStorageFull' },
};

/** A relay before a store that carries everything, but for a share of the requests that it spoils. It changes no byte and no header. */
export class FaultyRelay {
  readonly url: string;
  readonly #server: Server;
  readonly #target: URL;
  readonly #dice = makeDice();
  #faults: Fault[] = [];
  #percent = 0;
  /** Requests carried and spoilt so far, by fault. */
  readonly counts: Record<Fault | 'carried', number> = {
    carried: 0,
    busy: 0,
    cut: 0,
    lost: 0,
    half: 0,
    slow: 0,
    full: 0,
  };

  private constructor(server: Server, url: string, target: URL) {
    this.#server = server;
    this.url = url;
    this.#target = target;
  }

  static async before(target: string): Promise<FaultyRelay> {
    const { server, url } = await openRelayServer((incoming, outgoing) => relay.#carry(incoming, outgoing));
    const relay = new FaultyRelay(server, url, new URL(target));
    return relay;
  }

  get seed(): number {
    return this.#dice.seed;
  }

  /** From now on so many requests of a hundred meet one of these. */
  spoil(percent: number, ...faults: Fault[]): void {
    this.#percent = percent;
    this.#faults = faults;
  }

  mend(): void {
    this.spoil(0);
  }

  close(): Promise<void> {
    return closeRelayServer(this.#server);
  }

  async #carry(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const fault = this.#draw(incoming);
    this.counts[fault ?? 'carried'] += 1;
    if (fault === 'cut') {
      incoming.destroy();
      return;
    }
    if (fault === 'busy' || fault === 'full') {
      incoming.resume();
      const { status, code } = errors[fault];
      answerError(outgoing, status, code);
      return;
    }
    passOn(this.#target, incoming, outgoing, (answer) => void this.#answer(fault, answer, outgoing));
  }

  async #answer(fault: Fault | null, answer: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    if (fault === 'lost') {
      answer.resume();
      outgoing.destroy();
      return;
    }
    if (fault === 'slow') await sleep(slowMs);
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    if (fault === 'half') {
      answer.resume();
      outgoing.flushHeaders();
      outgoing.destroy();
      return;
    }
    answer.pipe(outgoing);
  }

  #draw(incoming: IncomingMessage): Fault | null {
    if (this.#faults.length === 0 || this.#dice.roll(100) >= this.#percent) return null;
    const fault = this.#faults[this.#dice.roll(this.#faults.length)] ?? null;
    // A full store still reads, lists and deletes.
    return fault === 'full' && incoming.method !== 'PUT' && incoming.method !== 'POST' ? null : fault;
  }
}
