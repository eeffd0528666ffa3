import type { OAuthConfig } from 'next-auth/providers/oauth';
import { env } from '#lib/env.ts';
import type { OidcClaims } from './sign-in-with-oidc.ts';

type Profile = { sub: string; iss?: string; email?: string; email_verified?: boolean | string; name?: string };

/** Milliseconds for each request to the provider; the sign-in page says that it is unreachable after that. */
const patience = 5_000;

export function hasOidc(): boolean {
  return env().OIDC_ISSUER !== undefined;
}

/**
 * The single sign-on as next-auth wants it: found by discovery, code flow with PKCE, state and nonce, the ID token checked by its
 * signature. An e-mail that is not in the ID token is asked of the provider's userinfo (some send thin tokens).
 */
export function oidcProvider(): OAuthConfig<Profile> {
  const { OIDC_ISSUER = '', OIDC_CLIENT_ID = '', OIDC_CLIENT_SECRET = '' } = env();
  return {
    id: 'oidc',
    name: 'Single sign-on',
    type: 'oauth',
    wellKnown: `${OIDC_ISSUER.replace(/\/$/, '')}/.well-known/openid-configuration`,
    issuer: OIDC_ISSUER,
    clientId: OIDC_CLIENT_ID,
    clientSecret: OIDC_CLIENT_SECRET,
    authorization: { params: { scope: 'openid email profile' } },
    checks: ['pkce', 'state', 'nonce'],
    idToken: true,
    httpOptions: { timeout: patience },
    userinfo: {
      async request({ client, tokens }) {
        const claims = (tokens as unknown as { claims: () => Profile }).claims();
        if (claims.email) return claims;
        return { ...claims, ...(await client.userinfo<Profile>(tokens as never)) };
      },
    },
    // The session is made in the `signIn` callback, which may refuse with a reason.
    profile: (profile) => ({ id: profile.sub }),
  };
}

export function toOidcClaims(profile: Profile): OidcClaims {
  return {
    issuer: env().OIDC_ISSUER ?? '',
    subject: profile.sub,
    email: profile.email ?? null,
    // AWS Cognito writes it as text.
    emailVerified: profile.email_verified === true || profile.email_verified === 'true',
    name: profile.name ?? null,
  };
}
