/** How far behind the store an index is that events follow. A second is what every index needs. */
export function lagWords(seconds: number): string {
  if (seconds <= 1) return 'Index live';
  if (seconds < 60) return `Index live, ${seconds} s behind`;
  if (seconds < 3_600) return `Index live, ${Math.floor(seconds / 60)} min behind`;
  return `Index live, ${Math.floor(seconds / 3_600)} h behind`;
}
