/** What is wrong with a name as such, in words; null when it is fine. The path around it is checked apart. */
export function nameProblem(name: string): string | null {
  if (name === '') return 'A name is needed.';
  if (name.includes('/')) return 'A name cannot hold a slash. Use Move to put it into a folder.';
  return null;
}
