import type { BrowseOptions } from '#components/browse/browse-href.ts';
import type { LibraryView } from '#lib/libraries/schema.ts';
import type { VersionView } from '#lib/versions/schema.ts';
import { ComparePanel, RestoreFoot } from './compare-panel.tsx';
import type { useViewed } from './use-viewed.ts';
import type { ViewerUrl } from './use-viewer-url.ts';
import { ViewerPanel } from './viewer-panel.tsx';

/** At the right of the stage: what the file is, or what differs between two of its versions; at its foot the restore. */
export function ViewerAside({
  library,
  id,
  options,
  url,
  viewed,
  comparing,
  contents,
  compare,
}: {
  library: LibraryView;
  id: string;
  options: BrowseOptions;
  url: ViewerUrl;
  viewed: ReturnType<typeof useViewed>;
  comparing: boolean;
  /** Versions that can be looked at. */
  contents: readonly VersionView[];
  compare: () => void;
}) {
  const { versions, version, against } = viewed;
  return (
    <aside
      aria-label={comparing ? 'Compare' : 'Details'}
      className="flex min-h-0 flex-col border-l border-line bg-sheet"
    >
      {comparing && against && version ? (
        <ComparePanel
          assetId={id}
          versions={versions}
          a={against}
          b={version}
          setA={(a) => url.compare(a)}
          setB={(b) => url.show(b)}
          right={viewed.right}
          restore={viewed.restore}
          restoring={viewed.restoring}
        />
      ) : (
        <>
          <div className="min-h-0 flex-1 overflow-y-auto p-4">
            <ViewerPanel
              library={library}
              options={options}
              viewed={viewed}
              onCompare={contents.length > 1 ? compare : null}
            />
          </div>
          {version && (
            <RestoreFoot
              version={version}
              versions={versions}
              right={viewed.right}
              restore={viewed.restore}
              restoring={viewed.restoring}
            />
          )}
        </>
      )}
    </aside>
  );
}
