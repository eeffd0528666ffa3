import { createServer, type IncomingMessage, type Server, type ServerResponse, request as send } from 'node:http';

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

/** Sends a request on to the store as the client wrote it: `Host` is signed. `answered` gets the store's answer. */
export function passOn(
  target: URL,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  answered: (answer: IncomingMessage) => void,
): void {
  const { hostname: host, port } = target;
  const { method, url: path, headers } = incoming;
  const onward = send({ host, port, method, path, headers, setHost: false }, answered);
  onward.on('error', () => outgoing.destroy());
  outgoing.on('error', () => onward.destroy());
  incoming.pipe(onward);
}

/** An error in the shape of S3's own. */
export function answerError(outgoing: ServerResponse, status: number, code: string): void {
  outgoing.writeHead(status, { 'content-type': 'application/xml' });
  outgoing.end(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>made by a test</Message></Error>`);
}
