import type { NextConfig } from 'next';

/** For every answer, pages, API and static files alike. The pages' policy with its nonce comes from proxy.ts. */
const everywhere = [
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'Referrer-Policy', value: 'no-referrer' },
  { key: 'X-Frame-Options', value: 'DENY' },
  { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
  { key: 'Cross-Origin-Resource-Policy', value: 'same-origin' },
  { key: 'Permissions-Policy', value: 'camera=(), microphone=(), geolocation=(), payment=(), usb=()' },
];

const config: NextConfig = {
  // Native or worker-thread packages that must be loaded from node_modules, not bundled.
  serverExternalPackages: ['@node-rs/argon2', '@prisma/client', '@prisma/adapter-pg', 'pg', 'graphile-worker', 'pino'],
  poweredByHeader: false,
  reactStrictMode: true,
  headers: async () => [
    { source: '/:path*', headers: everywhere },
    // Answers of the API are never a document: nothing in them may run, load or be framed.
    {
      source: '/api/:path*',
      headers: [{ key: 'Content-Security-Policy', value: "default-src 'none'; frame-ancestors 'none'; sandbox" }],
    },
  ],
  // Types and lint are checked by `npm test`; the build on a newcomer's machine need not repeat them.
  typescript: { ignoreBuildErrors: true },
};

export default config;
