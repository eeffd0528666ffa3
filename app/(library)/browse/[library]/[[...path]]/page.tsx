import type { Metadata } from 'next';
import { cookies, headers } from 'next/headers';
import { pathOfAddress } from '#components/browse/browse-href.ts';
import { BrowseProblem } from '#components/browse/browse-problem.tsx';
import { BrowseScreen } from '#components/browse/browse-screen.tsx';
import { pageSize } from '#components/browse/page-size.ts';
import { readUsualView, viewCookie } from '#components/browse/usual-view.ts';
import { readMoment } from '#components/history/moment.ts';
import { type ListEntriesInput, listEntriesEndpoint } from '#lib/assets/endpoints.ts';
import { listEntries } from '#lib/assets/list-entries.ts';
import { waitForChanges } from '#lib/assets/wait-for-changes.ts';
import { requestIdOf } from '#lib/http/handle-request.ts';
import { toAppError } from '#lib/http/problem.ts';
import { libraryView } from '#lib/libraries/library-view.ts';
import { listLibraries } from '#lib/libraries/list-libraries.ts';
import { nameOf } from '#lib/libraries/path-rules.ts';
import { requireLibrary } from '#lib/libraries/require-library.ts';
import { log } from '#lib/log.ts';
import { requireActor } from '../../../../current-actor.ts';

type Props = {
  params: Promise<{ library: string; path?: string[] }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

/** The name of the folder, at the top that of the library; nothing is told of what is not yours. */
export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const { library, path } = await params;
  const folder = nameOf(pathOfAddress(path, one((await searchParams).path)));
  if (folder) return { title: folder };
  const { libraries } = await listLibraries(await requireActor());
  return { title: libraries.find(({ slug }) => slug === library)?.name ?? 'Not found' };
}

/** A folder of a library; its first page is in the HTML. */
export default async function BrowsePage({ params, searchParams }: Props) {
  const actor = await requireActor();
  const { library: slug, path: segments } = await params;
  const query = await searchParams;
  const path = pathOfAddress(segments, one(query.path));
  const moment = readMoment(one(query.at) ?? '');
  const asked = listEntriesEndpoint.input.safeParse({
    library: slug,
    path,
    sort: one(query.sort),
    kind: one(query.kind),
    at: moment ?? undefined,
    show: moment !== null && one(query.show) === 'different' ? 'different' : undefined,
    limit: pageSize,
  });
  // An order or kind that does not exist is an old or mistyped link, not an error.
  const input: ListEntriesInput = asked.success ? asked.data : { library: slug, path, sort: 'name', limit: pageSize };
  const request = await headers();
  try {
    const library = libraryView(actor, await requireLibrary(actor, slug));
    // Before the listing: what changes after it is told by the wait.
    const { cursor } = await waitForChanges(actor, { library: slug });
    const page = await listEntries(actor, input).catch((error: unknown) => {
      // Nothing stood there then: the way to another moment must stay, and the page tells it as it tells what is not yours.
      if (input.at !== undefined && toAppError(error).code === 'not_found') return null;
      throw error;
    });
    const folder = page?.path ?? path;
    return (
      <BrowseScreen
        key={`${slug}/${folder}`}
        library={library}
        path={folder}
        first={
          page && {
            page,
            at: Date.now(),
            sort: input.sort,
            kind: input.kind ?? null,
            moment: input.at ?? null,
            differs: input.show === 'different',
          }
        }
        changesCursor={cursor}
        usualView={readUsualView((await cookies()).get(viewCookie)?.value)}
        phoneHint={/Mobi/.test(request.get('user-agent') ?? '')}
      />
    );
  } catch (error) {
    const problem = toAppError(error);
    const requestId = requestIdOf(request);
    if (problem.status >= 500) log().error({ requestId, err: problem.cause ?? problem }, problem.detail);
    return <BrowseProblem code={problem.code} detail={problem.detail} requestId={requestId} />;
  }
}

function one(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}
