import { useHydrated } from '#components/ui/use-media.ts';
import { fateSentence } from '#components/versions/fate-words.ts';
import type { FateView } from '#lib/versions/schema.ts';

/** "Kept until 12 Dec", or "Nothing removes it": from the bucket's own rules as they are now. By which rule is in its tooltip. */
export function TrashFate({ goes }: { goes: FateView }) {
  // Days begin where the reader is, which the server does not know.
  if (!useHydrated()) return null;
  return <span title={fateSentence(goes)}>{fateSentence(goes, { withRule: false })}</span>;
}
