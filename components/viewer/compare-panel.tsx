'use client';

import { ArrowLeftRight, RotateCcw } from 'lucide-react';
import { Button } from '#components/ui/button.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Select } from '#components/ui/select.tsx';
import { PanelSection } from '#components/ui/side-panel.tsx';
import type { RestoreRight } from '#components/versions/version-words.ts';
import { consequenceOf, titleOf, whyNoRestore } from '#components/versions/version-words.ts';
import { isArchived } from '#lib/lifecycle/storage-classes.ts';
import type { VersionView } from '#lib/versions/schema.ts';
import { ChangeTable } from './change-table.tsx';
import { planChanges } from './plan-changes.ts';
import { PropertiesSection } from './properties-section.tsx';
import { SideMark } from './version-strip.tsx';

export interface ComparePanelProps {
  assetId: string;
  versions: VersionView[];
  a: VersionView;
  b: VersionView;
  setA: (versionId: string) => void;
  setB: (versionId: string) => void;
  right: RestoreRight;
  restore: (version: VersionView) => void;
  restoring: boolean;
}

/** Which two versions, what changed between them, and the way back to the older one. */
export function ComparePanel({ assetId, versions, a, b, setA, setB, right, restore, restoring }: ComparePanelProps) {
  const options = versions
    .filter((version) => !version.isDeleteMarker && version.removedAt === null)
    .map((version) => ({
      value: version.versionId,
      label: titleOf(version),
    }));
  return (
    <>
      <header className="flex h-12 flex-none items-center gap-2 border-b border-line pr-2 pl-4">
        <h2 className="flex-1 text-title">Compare versions</h2>
        <IconButton
          label="Swap A and B"
          icon={<ArrowLeftRight />}
          onClick={() => {
            setA(b.versionId);
            setB(a.versionId);
          }}
        />
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto p-4">
        <div className="grid grid-cols-2 gap-2">
          {[
            { mark: 'A' as const, version: a, set: setA },
            { mark: 'B' as const, version: b, set: setB },
          ].map(({ mark, version, set }) => (
            <div key={mark} className="flex min-w-0 items-center gap-1.5">
              <SideMark side={mark} />
              <Select
                aria-label={`Version ${mark}`}
                value={version.versionId}
                onChange={set}
                options={options}
                className="min-w-0 flex-1"
              />
            </div>
          ))}
        </div>
        <PanelSection title="What changed" className="mt-3.5">
          <ChangeTable rows={planChanges(a, b)} />
        </PanelSection>
        <PropertiesSection assetId={assetId} a={a} b={b} />
      </div>
      <RestoreFoot version={a} versions={versions} right={right} restore={restore} restoring={restoring} />
    </>
  );
}

/** The way back to an older version, with what it does said before the click. Nothing for the current one. */
export function RestoreFoot({
  version,
  versions,
  right,
  restore,
  restoring,
}: {
  version: VersionView;
  versions: VersionView[];
  right: RestoreRight;
  restore: (version: VersionView) => void;
  restoring: boolean;
}) {
  if (version.isCurrent) return null;
  return (
    <footer className="flex-none border-t border-line px-4 pt-3.5 pb-4">
      <Button
        variant="primary"
        size="field"
        className="w-full"
        icon={<RotateCcw />}
        keys="r"
        busy={restoring}
        disabledReason={whyNoRestore(version, right)}
        onClick={() => restore(version)}
      >
        {isArchived(version.storageClass) ? 'Thaw and restore' : 'Restore'} version {version.number}
      </Button>
      <p className="mt-2 text-meta leading-[17px] text-fg-2">
        {consequenceOf(version, versions)}. The other versions stay. You can undo this.
      </p>
    </footer>
  );
}
