import { addToast } from '#components/ui/toast-store.ts';
import { ApiError } from '#lib/http/api-client.ts';
import { goToSignIn } from './sign-out.ts';

/** What a failed call says to people. Anything but an `ApiError` is a fault of the page and is thrown on. */
export function errorText(error: unknown): string {
  if (error instanceof ApiError) return error.detail;
  throw error;
}

/** A failed action as a toast that stays; a session that is over leads to the sign-in page and back. */
export function tellError(title: string, error: unknown): void {
  if (!(error instanceof ApiError)) throw error;
  if (error.code === 'unauthenticated') goToSignIn();
  else addToast({ kind: 'error', title, detail: error.detail, requestId: error.requestId ?? undefined, key: title });
}
