'use client';

import { formatBytes, formatPlural } from '#components/ui/format.ts';
import { TypedConfirmDialog } from '#components/ui/typed-confirm-dialog.tsx';
import { ApiError, api } from '#lib/http/api-client.ts';
import type { TrashEntry } from '#lib/versions/schema.ts';
import { wordsOf } from './operation-words.ts';
import { useOperations } from './use-operations.tsx';

export interface EmptyTrashDialogProps {
  library: string;
  selection: { ids: string[] } | { paths: string[] };
  count: number;
  /** What is freed, all versions together; null when the page does not know. */
  bytes: number | null;
  /** Some of them, for the names. */
  names: readonly TrashEntry[];
  onClose: () => void;
}

/** Names that are shown; the rest is a number. */
const shown = 3;

/** Deleting for ever: counted, named and typed. It starts only when the trash still holds as many files as were told. */
export function EmptyTrashDialog({ library, selection, count, bytes, names, onClose }: EmptyTrashDialogProps) {
  const operations = useOperations(library);
  const files = formatPlural(count, 'file');
  const more = count - Math.min(shown, names.length);
  const versions = names.length === count ? names.reduce((sum, entry) => sum + entry.versionCount, 0) : null;
  const freed = bytes === null ? (names[0] && names[0].versionCount === 1 ? names[0].size : null) : bytes;
  const start = async () => {
    const input = {
      library,
      type: 'purge' as const,
      selection,
      params: { expectedCount: count },
      clientId: crypto.randomUUID(),
    };
    const { operation } = await api('POST /libraries/{library}/operations', input).catch((error: unknown) => {
      // Shown in the dialog, which stays: the trash may hold another number by now.
      throw error instanceof ApiError ? new Error(error.detail) : error;
    });
    const words = wordsOf('purge', files);
    const freedWords = operation.bytes > 0 ? `, ${formatBytes(operation.bytes)} freed` : '';
    void operations.follow(() => Promise.resolve({ operation }), { ...words, done: words.done + freedWords });
  };
  return (
    <TypedConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={count === 1 && names[0] ? `Delete ${names[0].name} forever?` : `Delete ${files} forever?`}
      warning={
        <>
          {versions !== null && versions > count
            ? `All ${formatPlural(versions, 'version')} of ${count === 1 ? 'it' : 'them'} go from the store. `
            : `${count === 1 ? 'It goes' : 'They go'} from the store with all versions. `}
          {freed !== null && `This frees ${formatBytes(freed)}. `}
          Nothing brings {count === 1 ? 'it' : 'them'} back.
        </>
      }
      phrase={`delete ${files}`}
      confirm="Delete forever"
      onConfirm={start}
    >
      <ul className="text-meta text-fg-2">
        {names.slice(0, shown).map((entry) => (
          <li key={entry.id} className="truncate">
            <bdi>{entry.path}</bdi>
          </li>
        ))}
        {more > 0 && <li className="text-fg-3">and {more.toLocaleString('en')} more</li>}
      </ul>
    </TypedConfirmDialog>
  );
}
