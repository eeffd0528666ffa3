/** What the sign-in page says, by the code that `signInErrorText`, next-auth or the single sign-on gave. */
const sentences: Record<string, string> = {
  unauthenticated: 'That email and password do not match.',
  rate_limited: 'Too many tries. The button says when to go on.',
  network: 'Strata did not answer. Check the connection.',
  database_unavailable: 'The database does not answer. Try again in a few seconds.',
  stale: 'This page was open for too long. Sign in again.',
  cross_site: 'Open Strata at its own address and sign in there.',
  sso_no_email: 'Single sign-on told Strata no email for you, so nobody here can be found. Ask its admin.',
  sso_unverified:
    'Single sign-on has not verified your email, so it cannot be trusted here. Verify it there, then try again.',
  sso_taken: 'That email belongs to another single sign-on account here. Ask an admin of Strata.',
  sso_disabled: 'Your account is disabled. Ask an admin of Strata.',
  // next-auth's own: OAuthSignin before the provider was reached, OAuthCallback on the way back.
  OAuthSignin: 'Single sign-on does not answer. Sign in with email and password, or try again in a minute.',
  OAuthCallback: 'Single sign-on was cut off on the way back. Try it again.',
  AccessDenied: 'Single sign-on did not let you in.',
};

/** Always a sentence: a code that is not known is a fault on our side. */
export function signInProblem(code: string): string {
  return Object.hasOwn(sentences, code) ? (sentences[code] as string) : 'Something failed on our side. Try again.';
}
