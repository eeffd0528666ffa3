import clsx from 'clsx';

export interface MeterProps {
  /** From 0 to 1; null while it is not known. */
  value: number | null;
  /** What is measured: "Upload of jetty.jpg". */
  label: string;
  /** What it says instead of a percentage: "38 of 214". */
  text?: string;
  tone?: 'accent' | 'danger' | 'warning' | 'success' | 'past';
  /** 4 px in rows and panels; 2 px, square, along an edge. */
  thin?: boolean;
  className?: string;
}

const TONES = {
  accent: 'bg-accent',
  danger: 'bg-danger',
  warning: 'bg-warning',
  success: 'bg-success',
  past: 'bg-past',
};

/** Progress of work. Moves by transform only, so that ten updates a second cost nothing. */
export function Meter({ value, label, text, tone = 'accent', thin, className }: MeterProps) {
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={value === null ? undefined : Math.round(value * 100)}
      aria-valuetext={text}
      className={clsx('overflow-hidden bg-press', thin ? 'h-0.5' : 'h-1 rounded-[2px]', className)}
    >
      <div
        className={clsx('h-full origin-left rtl:origin-right', TONES[tone])}
        style={{ transform: `scaleX(${Math.min(1, Math.max(0, value ?? 0))})` }}
      />
    </div>
  );
}
