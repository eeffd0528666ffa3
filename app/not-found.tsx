import { FileQuestion } from 'lucide-react';
import type { Metadata } from 'next';
import { ButtonLink } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';

export const metadata: Metadata = { title: 'Not found' };

/** An address that no page has. */
export default function NotFound() {
  return (
    <main className="grid min-h-dvh place-items-center">
      <h1 className="sr-only">Not found</h1>
      <EmptyState
        icon={<FileQuestion />}
        title="There is no such page"
        action={<ButtonLink href="/">Go to the library</ButtonLink>}
      >
        The address is mistyped, or the page has moved.
      </EmptyState>
    </main>
  );
}
