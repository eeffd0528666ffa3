import type { ReactNode } from 'react';
import { KeepSession } from '#components/auth/keep-session.tsx';
import { LibraryFrame } from '#components/browse/library-frame.tsx';
import { listLibraries } from '#lib/libraries/list-libraries.ts';
import { requireActor } from '../current-actor.ts';

/**
 * The frame of every page behind sign-in, and the home of what must survive navigation: transfers, folder tree, keys.
 * Pages of browse, trash, activity, uploads, account and admin live in this route group, `app/(library)/…` (it adds nothing to the address),
 * and bring their bar, content and panel with `<Page>`. A page asks for its person with `requireActor()`.
 */
export default async function LibraryLayout({ children }: { children: ReactNode }) {
  const actor = await requireActor();
  const { libraries } = await listLibraries(actor);
  return (
    <LibraryFrame libraries={libraries} account={{ name: actor.name, email: actor.email }}>
      {children}
      <KeepSession />
    </LibraryFrame>
  );
}
