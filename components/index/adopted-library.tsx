'use client';

import { browseHref } from '#components/browse/browse-href.ts';
import { ButtonLink } from '#components/ui/button.tsx';
import { formatBytes, formatCount } from '#components/ui/format.ts';
import { FillingCore } from './filling-core.tsx';
import { standingOf } from './index-words.ts';
import { useIndex } from './use-index.ts';

/** The library that was just added, while its index fills from the foot up. */
export function AdoptedLibrary({ slug, name }: { slug: string; name: string }) {
  const library = useIndex().data?.find((each) => each.slug === slug);
  const run = library?.running ?? library?.last ?? null;
  const done = library !== undefined && library.running === null && library.last !== null;
  return (
    <section aria-labelledby="added" className="flex gap-6 py-2 max-sm:gap-4">
      <FillingCore progress={done ? 1 : (run?.progress ?? 0)} seed={slug} />
      <div className="grid min-w-0 content-start gap-3">
        <h2 id="added" className="text-page">
          <bdi>{name}</bdi> is {done ? 'indexed' : 'being indexed'}
        </h2>
        <p className="text-fg-2 tabular-nums" role="status">
          {library && !done
            ? standingOf(library).text
            : done
              ? 'Every file can be searched.'
              : 'It begins in a moment.'}
        </p>
        {run && (
          <p className="text-fg-2 tabular-nums">
            {formatCount(run.keys)} names, {formatCount(run.versions)} versions, {formatBytes(run.bytes)}
          </p>
        )}
        <p className="max-w-105 text-fg-2">
          You can browse it now: folders that are not indexed yet are listed from the store. The indexing goes on
          without this page.
        </p>
        <div className="flex flex-wrap gap-2">
          <ButtonLink href={browseHref(slug, '')} variant="primary" size="field">
            Browse it
          </ButtonLink>
          <ButtonLink href="/admin/users" size="field">
            Give people access
          </ButtonLink>
          <ButtonLink href="/admin/index" size="field">
            Back to the index
          </ButtonLink>
        </div>
      </div>
    </section>
  );
}
