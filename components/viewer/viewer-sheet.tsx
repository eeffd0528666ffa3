import type { BrowseOptions } from '#components/browse/browse-href.ts';
import { BottomSheet } from '#components/ui/bottom-sheet.tsx';
import { VersionHistory } from '#components/versions/version-history.tsx';
import type { LibraryView } from '#lib/libraries/schema.ts';
import type { VersionView } from '#lib/versions/schema.ts';
import type { useViewed } from './use-viewed.ts';
import { ViewerPanel } from './viewer-panel.tsx';

/** The same as the aside, as the sheet of a phone, with the versions below. */
export function ViewerSheet({
  library,
  name,
  options,
  viewed,
  contents,
  compare,
  open,
  onOpenChange,
}: {
  library: LibraryView;
  name: string;
  options: BrowseOptions;
  viewed: ReturnType<typeof useViewed>;
  contents: readonly VersionView[];
  compare: () => void;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  return (
    <BottomSheet open={open} onOpenChange={onOpenChange} title={name} height="tall">
      <ViewerPanel
        library={library}
        options={options}
        viewed={viewed}
        bare
        onCompare={
          contents.length > 1
            ? () => {
                onOpenChange(false);
                compare();
              }
            : null
        }
      />
      {viewed.detail && (
        <div className="mt-3">
          <VersionHistory asset={viewed.detail} readOnlyReason={library.readOnlyReason} />
        </div>
      )}
    </BottomSheet>
  );
}
