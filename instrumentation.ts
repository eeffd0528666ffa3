/** Runs once when a web process starts, before its first request. */
export async function register(): Promise<void> {
  const { stampAddresses } = await import('#lib/auth/client-address.ts');
  stampAddresses();
}
