import { useId } from 'react';

/** The mark of Strata: three layers. */
export function Mark({ size = 20 }: { size?: 20 | 40 }) {
  const id = useId();
  return (
    <svg viewBox="0 0 20 20" width={size} height={size} aria-hidden="true" className="flex-none">
      <clipPath id={id}>
        <rect x="1" y="1" width="18" height="18" rx="5.2" />
      </clipPath>
      <g clipPath={`url(#${id})`}>
        <path fill="var(--depth-1)" d="M0 0h20v20H0z" />
        <path fill="var(--depth-3)" d="M0 8.4c3.4-2.6 6.6-2.2 10-.2s6.6 1.7 10-.9V20H0z" />
        <path fill="var(--depth-5)" d="M0 14.3c3.4-2.1 6.6-1.7 10-.1s6.600 1.500 10-.7V20H0z" />
      </g>
    </svg>
  );
}
