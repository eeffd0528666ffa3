import type { NextConfig } from 'next';

const config: NextConfig = {
  // Native or worker-thread packages that must be loaded from node_modules, not bundled.
  serverExternalPackages: ['@node-rs/argon2', '@prisma/client', '@prisma/adapter-pg', 'pg', 'graphile-worker', 'pino'],
  poweredByHeader: false,
  reactStrictMode: true,
  // Types and lint are checked by `npm test`; the build on a newcomer's machine need not repeat them.
  typescript: { ignoreBuildErrors: true },
};

export default config;
