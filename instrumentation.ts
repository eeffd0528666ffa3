/** Runs once when a web process starts, before its first request. */
export async function register(): Promise<void> {
  // Next compiles this file for its edge runtime too, which has no sockets; it leaves this block out there.
  if (process.env.NEXT_RUNTIME === 'nodejs' && process.env.NEXT_PHASE !== 'phase-production-build') {
    const { startWebProcess } = await import('#lib/http/start-web-process.ts');
    await startWebProcess();
  }
}
