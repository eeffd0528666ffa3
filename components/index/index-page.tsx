'use client';

import { CircleAlert, Plus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { Page } from '#components/shell/page.tsx';
import { ButtonLink } from '#components/ui/button.tsx';
import { formatPlural } from '#components/ui/format.ts';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Note } from '#components/ui/note.tsx';
import type { LibraryIndex } from '#lib/indexing/schema.ts';
import { LibraryBlock } from './library-block.tsx';
import { useIndex } from './use-index.ts';

/** A library a block: how fresh its index is, what the last comparison found, and what can be done about it. */
export function IndexPage({ initial }: { initial: LibraryIndex[] }) {
  const router = useRouter();
  const { data: libraries = initial, error } = useIndex(initial);
  const busy = libraries.filter((library) => library.running).length;
  const facts = [formatPlural(libraries.length, 'library', 'libraries'), busy > 0 ? `${busy} being compared` : null];
  const add = (
    <ButtonLink href="/admin/index/add" variant="primary" icon={<Plus />}>
      Add a library
    </ButtonLink>
  );
  const addOnPhone = (
    <IconButton label="Add a library" icon={<Plus />} size="touch" onClick={() => router.push('/admin/index/add')} />
  );
  return (
    <Page title="Index" facts={facts.filter(Boolean).join(', ')} actions={add} phoneActions={addOnPhone}>
      <div className="grid max-w-240 gap-4">
        {error && (
          <Note tone="warning" icon={<CircleAlert aria-hidden="true" />}>
            <b>This may be out of date.</b> {error.message}
          </Note>
        )}
        {libraries.map((library) => (
          <LibraryBlock key={library.slug} library={library} />
        ))}
      </div>
    </Page>
  );
}
