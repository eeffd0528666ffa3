/** What the six layers are called on a day, the newest first. */
export function layerNames(today: Date): string[] {
  const lastMonth = new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - 1, 1));
  const month = new Intl.DateTimeFormat('en', { month: 'long', timeZone: 'UTC' }).format(lastMonth);
  // The last summer that is over and lies before that month.
  const summer = lastMonth.getUTCFullYear() - (lastMonth.getUTCMonth() >= 8 ? 0 : 1);
  return ['Today', 'This week', month, `Summer ${summer}`, String(summer - 1), 'Earlier'];
}
