import { checkLibraries } from '#lib/follow/check-libraries.ts';

export async function run(): Promise<void> {
  await checkLibraries();
}
