import { type NextRequest, NextResponse } from 'next/server';
import { contentSecurityPolicy, storeOrigins } from '#lib/auth/content-security-policy.ts';
import { env } from '#lib/env.ts';
import { requireRoom } from '#lib/http/load.ts';
import { toAppError } from '#lib/http/problem.ts';

/**
 * Gives every page a Content-Security-Policy with a nonce of its own: on the request, where Next and our layout read it, and on the
 * answer. It decides nothing about rights; pages and the API do that themselves.
 */
export function proxy(request: NextRequest): Response {
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64');
  const settings = env();
  try {
    requireRoom('page', settings.MAX_REQUESTS);
  } catch (error) {
    return busyPage(toAppError(error).retryAfter ?? 1);
  }
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

/** Told at once and without asking anybody; the browser comes back by itself. */
function busyPage(seconds: number): Response {
  const html = `<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="${seconds}"><title>Strata</title>
<p>Strata is busy. This page loads again in ${seconds} s.</p>`;
  return new Response(html, {
    status: 503,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'retry-after': String(seconds),
      'cache-control': 'no-store',
    },
  });
}

export const config = {
  matcher: ['/((?!api/|_next/static|_next/image|favicon\\.ico|zip/|pdf-data/|healthz|readyz).*)'],
};
