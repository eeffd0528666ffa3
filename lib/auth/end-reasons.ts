/**
 * Why somebody is no longer signed in, as the sign-in page says it. Kept in `Session.endReason`, so append-only.
 * `expired` is never stored: it follows from `expiresAt`.
 */
export const endReasons = {
  'signed-out': 'You signed out.',
  'password-changed': 'You were signed out because your password changed.',
  'password-reset': 'You were signed out because an admin reset your password.',
  'ended-by-you': 'You were signed out from another browser.',
  'ended-by-admin': 'An admin signed you out.',
  disabled: 'You were signed out because an admin disabled your account.',
  expired: 'You were signed out because you were away for a while.',
} as const;

export type EndReason = keyof typeof endReasons;

export function isEndReason(text: unknown): text is EndReason {
  return typeof text === 'string' && Object.hasOwn(endReasons, text);
}
