import { type NextRequest, NextResponse } from 'next/server';
import { contentSecurityPolicy, storeOrigins } from '#lib/auth/content-security-policy.ts';
import { env } from '#lib/env.ts';

/**
 * Gives every page a Content-Security-Policy with a nonce of its own: on the request, where Next and our layout read it, and on the
 * answer. It decides nothing about rights; pages and the API do that themselves.
 */
export function proxy(request: NextRequest): NextResponse {
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64');
  const settings = env();
  const policy = contentSecurityPolicy(nonce, storeOrigins(settings), settings.NODE_ENV === 'development');

  const headers = new Headers(request.headers);
  headers.set('x-nonce', nonce);
  headers.set('content-security-policy', policy);
  // Server components do not know their own address; the sign-in page brings people back to it.
  const { pathname } = request.nextUrl;
  const searchParams = new URLSearchParams(request.nextUrl.searchParams);
  searchParams.delete('_rsc');
  headers.set('x-strata-path', pathname + (searchParams.size > 0 ? `?${searchParams}` : ''));

  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  return response;
}

export const config = {
  matcher: ['/((?!api/|_next/static|_next/image|favicon\\.ico|healthz|readyz).*)'],
};
