import { probeLibraryStore } from '#lib/libraries/get-store.ts';

export async function run(payload: { libraryId: string }): Promise<void> {
  await probeLibraryStore(BigInt(payload.libraryId));
}
