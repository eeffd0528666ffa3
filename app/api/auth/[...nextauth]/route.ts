import type { NextRequest } from 'next/server';
import NextAuth from 'next-auth';
import { nextAuthOptions } from '#lib/auth/next-auth-options.ts';
import { signOut } from '#lib/auth/sign-out.ts';
import { requestIdOf } from '#lib/http/handle-request.ts';
import { problemResponse } from '#lib/http/problem.ts';
import { requireSameOrigin } from '#lib/http/same-origin.ts';

type Context = { params: Promise<{ nextauth: string[] }> };

/** Sign-in and sign-out by next-auth, behind the same origin check as every other mutation (its own CSRF token is checked besides). */
async function handle(request: NextRequest, context: Context): Promise<Response> {
  const [action] = (await context.params).nextauth;
  // next-auth lets anybody write into our log here.
  if (action === '_log') return new Response(null, { status: 204 });
  try {
    if (request.method === 'POST') {
      requireSameOrigin(request.headers);
      // Here and not in next-auth's event, which swallows errors: a session that could not be ended must not look ended.
      if (action === 'signout') await signOut(request.headers);
    }
    const response: Response = await NextAuth(request, context, nextAuthOptions(request.headers));
    response.headers.set('cache-control', 'private, no-store');
    return response;
  } catch (error) {
    return problemResponse(error, requestIdOf(request.headers));
  }
}

export { handle as GET, handle as POST };
