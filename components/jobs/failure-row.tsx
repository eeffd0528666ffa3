import { RotateCcw } from 'lucide-react';
import Link from 'next/link';
import { browseHref } from '#components/browse/browse-href.ts';
import { Button } from '#components/ui/button.tsx';
import { formatPlural } from '#components/ui/format.ts';
import { Time } from '#components/ui/time.tsx';
import { jobTitle } from '#lib/jobs/job-titles.ts';
import type { JobFailure } from '#lib/jobs/schema.ts';

/** One job that failed: what it was to do and with which file, why it did not, and when it comes again. */
export function FailureRow({ failure, busy, onRetry }: { failure: JobFailure; busy: boolean; onRetry: () => void }) {
  const { library, path } = failure;
  return (
    <li className="flex items-start gap-3 border-b border-line py-2.5">
      <div className="min-w-0 flex-1 [overflow-wrap:anywhere]">
        <p className="text-label max-sm:text-phone-name">
          {jobTitle(failure.job)}
          {library && (
            <>
              {': '}
              <Link
                href={browseHref(library.slug, (path ?? '').slice(0, (path ?? '').lastIndexOf('/') + 1))}
                className="rounded-1 font-normal text-accent-text hover:underline"
              >
                <bdi>{path ?? library.name}</bdi>
              </Link>
            </>
          )}
        </p>
        <p className="text-fg-2">{failure.sentence}</p>
        <p className="text-meta text-fg-3 max-sm:text-phone-meta">
          <Time at={failure.failedAt} capital />, {formatPlural(failure.attempts, 'try', 'tries')} of{' '}
          {failure.maxAttempts},{' '}
          {failure.nextAt ? (
            <>
              next <Time at={failure.nextAt} />
            </>
          ) : (
            'given up'
          )}
        </p>
      </div>
      <Button icon={<RotateCcw />} busy={busy} onClick={onRetry}>
        Retry
      </Button>
    </li>
  );
}
