import { connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * A wire between the app and a service that a test can cut. What passes is not changed.
 * - `cut` ends all connections and refuses new ones, as when the service is away; `mend` lets them through again
 * - `hold` keeps every answer back, as when the service hangs; `holdFrom` does so from the first request on whose bytes match, which
 *   still reaches the service; `mend` ends both
 * - `slow` lets every piece of an answer come so many milliseconds later, as over a bad line or from a busy service; `mend` ends it
 * - `loseAnswerTo` lets the next request whose bytes match reach the service, and ends the connection when the answer comes
 */
export class TcpProxy {
  readonly port: number;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #isCut = false;
  #isHeld = false;
  #delay = 0;
  #losing: RegExp | null = null;
  #holding: RegExp | null = null;
  /** Answers lost so far. */
  lost = 0;

  private constructor(server: Server, port: number) {
    this.#server = server;
    this.port = port;
  }

  static async to(host: string, port: number): Promise<TcpProxy> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('The proxy has no port.');
    const proxy = new TcpProxy(server, address.port);
    server.on('connection', (client) => proxy.#carry(client, connect(port, host)));
    return proxy;
  }

  /** A proxy before the service of a URL, and the URL through it. */
  static async before(url: string): Promise<{ proxy: TcpProxy; url: string }> {
    const target = new URL(url);
    const proxy = await TcpProxy.to(target.hostname, Number(target.port));
    target.port = String(proxy.port);
    return { proxy, url: target.href.replace(/\/$/, '') };
  }

  cut(): void {
    this.#isCut = true;
    for (const socket of this.#sockets) socket.destroy();
  }

  hold(): void {
    this.#isHeld = true;
  }

  mend(): void {
    this.#isCut = false;
    this.#isHeld = false;
    this.#delay = 0;
    this.#losing = null;
    this.#holding = null;
    // What was held is stale by now.
    for (const socket of this.#sockets) if (socket.isPaused()) socket.destroy();
  }

  slow(milliseconds: number): void {
    this.#delay = milliseconds;
  }

  holdFrom(request: RegExp): void {
    this.#holding = request;
  }

  get isHeld(): boolean {
    return this.#isHeld;
  }

  loseAnswerTo(request: RegExp): void {
    this.#losing = request;
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #carry(client: Socket, service: Socket): void {
    const end = () => {
      client.destroy();
      service.destroy();
      this.#sockets.delete(client);
      this.#sockets.delete(service);
    };
    for (const socket of [client, service]) {
      this.#sockets.add(socket);
      socket.on('error', end);
      socket.on('close', end);
    }
    if (this.#isCut) {
      end();
      return;
    }
    let isLosing = false;
    // What comes later stays behind what came before, also when the delay changes between them.
    let last = Promise.resolve();
    let late = 0;
    client.on('data', (chunk) => {
      if (this.#losing?.test(chunk.toString('latin1'))) {
        this.#losing = null;
        isLosing = true;
      }
      if (this.#holding?.test(chunk.toString('latin1'))) {
        this.#holding = null;
        this.#isHeld = true;
      }
      service.write(chunk);
    });
    service.on('data', (chunk) => {
      if (isLosing) {
        this.lost += 1;
        end();
        return;
      }
      if (this.#isHeld) {
        service.pause();
        return;
      }
      if (this.#delay > 0 || late > 0) {
        late += 1;
        const until = sleep(this.#delay);
        last = last.then(async () => {
          await until;
          late -= 1;
          client.write(chunk);
        });
        return;
      }
      client.write(chunk);
    });
  }
}
