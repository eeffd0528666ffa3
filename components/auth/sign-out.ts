import { addToast } from '#components/ui/toast-store.ts';
import { requestSignOut } from './next-auth-request.ts';

/** Signs this browser out and goes to the sign-in page, in a whole new page so that nothing stays in memory. */
export async function signOutHere(): Promise<void> {
  try {
    await requestSignOut();
    location.assign('/sign-in');
  } catch {
    addToast({
      kind: 'error',
      title: 'You are still signed in',
      detail: 'Strata did not answer. Check the connection, then sign out again.',
      key: 'sign-out',
    });
  }
}

/** Where to go when an answer says that the session is over (`ApiError` with code `unauthenticated`): back here after signing in. */
export function goToSignIn(): void {
  const here = location.pathname + location.search;
  location.assign(`/sign-in?returnTo=${encodeURIComponent(here)}`);
}
