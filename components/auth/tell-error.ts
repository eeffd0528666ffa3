import { addToast } from '#components/ui/toast-store.ts';
import { ApiError } from '#lib/http/api-client.ts';
import { noteSessionOver } from './session-over-store.ts';

/** What a failed call says to people. Anything but an `ApiError` is a fault of the page and is thrown on. */
export function errorText(error: unknown): string {
  if (error instanceof ApiError) return error.detail;
  throw error;
}

/** A failed action as a toast that stays; a session that is over asks to sign in again. */
export function tellError(title: string, error: unknown): void {
  if (!(error instanceof ApiError)) throw error;
  if (!noteSessionOver(error))
    addToast({ kind: 'error', title, detail: error.detail, requestId: error.requestId ?? undefined, key: title });
}
