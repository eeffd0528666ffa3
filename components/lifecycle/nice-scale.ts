/** Round ticks from 0 to at least `highest`, four or five of them. A scale of nothing goes to nothing. */
export function niceScale(highest: number): { top: number; ticks: number[] } {
  if (!(highest > 0)) return { top: 0, ticks: [0] };
  const rough = highest / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const nice = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((size) => size >= rough) ?? 10 * power;
  // Money has no smaller piece than a cent.
  const step = Math.max(nice, 0.01);
  const count = Math.ceil(highest / step);
  return { top: count * step, ticks: Array.from({ length: count + 1 }, (_, index) => index * step) };
}
