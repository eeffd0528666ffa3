import pg from 'pg';
import { env } from '#lib/env.ts';
import { log } from '#lib/log.ts';

type Waker = () => void;
type Listener = {
  wakers: Map<bigint, Set<Waker>>;
  client: pg.Client | null;
  /** Grows with each failed try; reset by a connection that worked. Milliseconds. */
  delay: number;
  timer: NodeJS.Timeout | null;
  closed: boolean;
};

const firstDelay = 500;
const longestDelay = 10_000;

// One connection a process, however many module graphs Next keeps.
const holder = globalThis as { strataChangeListener?: Listener };

/**
 * Calls `wake` at every committed change of a library, until the returned function is called.
 * After a lost connection everybody is woken once it is back: what was notified meanwhile is lost, the rows are not.
 */
export function onLibraryChange(libraryId: bigint, wake: Waker): () => void {
  const listener = start();
  const wakers = listener.wakers.get(libraryId) ?? new Set();
  listener.wakers.set(libraryId, wakers);
  wakers.add(wake);
  return () => {
    wakers.delete(wake);
    if (wakers.size === 0 && listener.wakers.get(libraryId) === wakers) listener.wakers.delete(libraryId);
  };
}

/** Ends the connection, for scripts and tests. The next `onLibraryChange` opens one again. */
export async function closeChangeListener(): Promise<void> {
  const listener = holder.strataChangeListener;
  holder.strataChangeListener = undefined;
  if (!listener) return;
  listener.closed = true;
  if (listener.timer) clearTimeout(listener.timer);
  await listener.client?.end();
}

function start(): Listener {
  if (!holder.strataChangeListener) {
    const listener: Listener = { wakers: new Map(), client: null, delay: firstDelay, timer: null, closed: false };
    holder.strataChangeListener = listener;
    void connect(listener);
  }
  return holder.strataChangeListener;
}

async function connect(listener: Listener): Promise<void> {
  const client = new pg.Client({
    connectionString: env().DATABASE_URL,
    application_name: 'strata-changes',
    connectionTimeoutMillis: 5_000,
    // Without it a connection that a firewall dropped looks idle for ever.
    keepAlive: true,
    keepAliveInitialDelayMillis: 30_000,
  });
  let over = false;
  const lost = (cause?: unknown) => {
    if (over) return;
    over = true;
    listener.client = null;
    client.removeAllListeners('notification');
    if (listener.closed) return;
    log().warn({ err: cause, retryInMs: listener.delay }, 'the connection that listens for changes was lost');
    listener.timer = setTimeout(() => void connect(listener), listener.delay);
    listener.delay = Math.min(listener.delay * 2, longestDelay);
    client.end().catch((error) => log().debug({ err: error }, 'closing a lost connection failed'));
  };
  client.on('error', lost);
  client.on('end', () => lost());
  client.on('notification', ({ payload }) => {
    if (payload && /^\d+$/.test(payload)) wake(listener.wakers.get(BigInt(payload)));
  });
  listener.client = client;
  try {
    await client.connect();
    await client.query('LISTEN strata_change');
  } catch (error) {
    lost(error);
    return;
  }
  listener.delay = firstDelay;
  for (const wakers of [...listener.wakers.values()]) wake(wakers);
}

function wake(wakers: Set<Waker> | undefined): void {
  for (const waker of [...(wakers ?? [])]) waker();
}
