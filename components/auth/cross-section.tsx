'use client';

/** The foot of the sign-in page: six layers, newest on top, as drawn in the design. Heights of the contact lines every 80 px of 1280. */
const contacts = [
  [52.1, 56.8, 58.1, 56.7, 54.7, 54, 54.1, 53, 49.5, 44.5, 39.8, 36.2, 32.8, 28.5, 24, 21.5, 22.7],
  [108.4, 107.5, 103.8, 100, 98.1, 97.9, 97.7, 96.7, 95.8, 96.1, 97.1, 96.9, 93.8, 88.4, 83.2, 80.3, 79.5],
  [139.4, 138, 137.4, 138.9, 141.6, 143.5, 144, 144.1, 144.9, 145.6, 144, 139, 131.4, 124.3, 119.8, 117.8, 117],
  [188.4, 190.7, 193.6, 195.6, 195.2, 192.6, 189.7, 188.1, 187.4, 185.7, 181.9, 177, 173.4, 172.3, 172.8, 173.2, 173.2],
  [
    228.7, 229.3, 228.7, 225.9, 221.9, 219.1, 219.1, 221.1, 222.8, 222.9, 221.9, 221.4, 221.9, 221.7, 219.6, 215.7,
    212.4,
  ],
  [262.2, 263.2, 262.9, 262, 262.5, 265.3, 268.9, 271.1, 270.6, 268.7, 266.8, 265.3, 262.9, 258.6, 253.5, 249.9, 249.7],
];
const step = 80;

/** A smooth line through points `step` apart: Catmull-Rom as cubic segments. */
function lineThrough(heights: number[]): string {
  const at = (index: number) => heights[Math.max(0, Math.min(heights.length - 1, index))] as number;
  const round = (value: number) => Math.round(value * 10) / 10;
  let path = `M0 ${at(0)}`;
  for (let i = 0; i < heights.length - 1; i += 1) {
    const x = i * step;
    const leave = round(at(i) + (at(i + 1) - at(i - 1)) / 6);
    const arrive = round(at(i + 1) - (at(i + 2) - at(i)) / 6);
    path += `C${round(x + step / 3)} ${leave} ${round(x + (2 * step) / 3)} ${arrive} ${x + step} ${at(i + 1)}`;
  }
  return path;
}

const lines = contacts.map(lineThrough);

export function CrossSection({ names }: { names: string[] }) {
  return (
    <div
      aria-hidden="true"
      className="pointer-events-none absolute inset-x-0 bottom-0 h-75 max-sm:h-35 [@media(max-height:520px)]:max-sm:hidden"
    >
      <svg
        viewBox="0 0 1280 300"
        preserveAspectRatio="xMidYMax slice"
        className="absolute inset-0 block size-full dark:opacity-50"
        aria-hidden="true"
      >
        {lines.map((line, layer) => (
          <g key={line}>
            <path d={`${line}V300H0Z`} fill={`var(--depth-${layer + 1})`} />
            <path d={line} fill="none" stroke="var(--ground)" strokeWidth="2.5" />
          </g>
        ))}
      </svg>
      <ol className="max-sm:hidden">
        {names.map((name, layer) => (
          <li
            key={name}
            className={`absolute right-8 text-micro ${layer === 0 ? 'text-fg dark:text-on-photo' : 'text-on-photo'}`}
            style={{ top: (contacts[layer]?.at(-1) ?? 0) + 8 }}
          >
            {name}
          </li>
        ))}
      </ol>
    </div>
  );
}
