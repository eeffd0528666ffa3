import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

/** A server on a free port of this machine that hands every request to `carry`, for relays before a store. */
export async function openRelayServer(
  carry: (incoming: IncomingMessage, outgoing: ServerResponse) => Promise<void>,
): Promise<{ server: Server; url: string }> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The relay has no port.');
  server.on('request', (incoming, outgoing) => void carry(incoming, outgoing));
  // Expect: 100-continue would hang in a relay that does not answer it.
  server.on('checkContinue', (incoming, outgoing) => {
    outgoing.writeContinue();
    void carry(incoming, outgoing);
  });
  return { server, url: `http://127.0.0.1:${address.port}` };
}

export async function closeRelayServer(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
