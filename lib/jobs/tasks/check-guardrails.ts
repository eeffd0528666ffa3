import { checkAllLibraries } from '#lib/guardrails/check-all-libraries.ts';

export async function run(): Promise<void> {
  await checkAllLibraries();
}
