import type { LookBack } from '#components/history/use-look-back.ts';
import { PhoneSearchHeader } from '#components/search/phone-search.tsx';
import type { useSearching } from '#components/search/use-searching.tsx';
import type { MenuEntry } from '#components/ui/menu-items.ts';
import { onDemand } from '#components/ui/on-demand.tsx';
import { BrowsePhoneMenu } from './browse-bar.tsx';
import type { useFolderUrl } from './use-folder-url.ts';

const LookBackHeader = onDemand(() =>
  import('#components/history/look-back-bar.tsx').then((part) => part.LookBackHeader),
);

/** What stands in place of a phone's usual header while one searches, or looks back. */
export function browsePhoneHeader(screen: {
  searching: ReturnType<typeof useSearching>;
  enterResults: () => void;
  at: string | null;
  name: string;
  facts: string | undefined;
  differs: string | null;
  lookBack: LookBack;
  url: ReturnType<typeof useFolderUrl>;
  ownMenu: () => MenuEntry[];
}) {
  const { searching, enterResults, at, name, facts, differs, lookBack, url, ownMenu } = screen;
  if (searching.isOpen)
    return (
      <PhoneSearchHeader
        {...searching.field}
        onEnter={enterResults}
        onClose={searching.close}
        filters={searching.filters}
        clear={searching.clearFilters}
        show={searching.show}
      />
    );
  if (at === null) return undefined;
  return (
    <LookBackHeader
      title={name}
      facts={[facts && `${facts} then`, differs?.replace('files differ', 'differ')].filter(Boolean).join(', ') || null}
      leave={lookBack.leave}
      menu={<BrowsePhoneMenu url={url} name={name} folderItems={ownMenu} lookBack={lookBack} />}
    />
  );
}
