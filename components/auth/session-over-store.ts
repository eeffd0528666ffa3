import { ApiError } from '#lib/http/api-client.ts';

let reason: string | null = null;
const listeners = new Set<() => void>();

/**
 * Takes note when an error says that the session is over, so that the page can ask to sign in again. It asks and does not leave by itself:
 * files may be waiting to be sent. Answers whether the error was of that kind.
 */
export function noteSessionOver(error: unknown): boolean {
  if (!(error instanceof ApiError) || error.code !== 'unauthenticated') return false;
  reason ??= error.detail;
  for (const listener of listeners) listener();
  return true;
}

export function sessionOverReason(): string | null {
  return reason;
}

export function listenToSessionOver(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
