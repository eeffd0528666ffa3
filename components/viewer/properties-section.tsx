'use client';

import { useQuery } from '@tanstack/react-query';
import { PanelSection } from '#components/ui/side-panel.tsx';
import { ApiError, api } from '#lib/http/api-client.ts';
import type { VersionView } from '#lib/versions/schema.ts';
import { ChangeTable } from './change-table.tsx';
import { planPropertyChanges } from './plan-property-changes.ts';

/** What differs in what the store keeps with the bytes: headers, user metadata and S3 object tags. */
export function PropertiesSection({ assetId, a, b }: { assetId: string; a: VersionView; b: VersionView }) {
  const ofA = useProperties(assetId, a.versionId);
  const ofB = useProperties(assetId, b.versionId);
  const error = ofA.error ?? ofB.error;
  return (
    <PanelSection title="Metadata and tags" className="mt-3.5">
      {error ? (
        <p className="text-meta text-danger-text">
          {error instanceof ApiError ? error.detail : 'Strata did not answer.'}
        </p>
      ) : ofA.data && ofB.data ? (
        <Rows rows={planPropertyChanges(ofA.data, ofB.data)} />
      ) : (
        <p className="text-meta text-fg-3">Asking the store…</p>
      )}
    </PanelSection>
  );
}

function Rows({ rows }: { rows: ReturnType<typeof planPropertyChanges> }) {
  if (rows.length === 0) return <p className="text-meta text-fg-3">Neither version has any.</p>;
  return <ChangeTable rows={rows} />;
}

/** A version never changes, but its tags may. */
function useProperties(id: string, versionId: string) {
  return useQuery({
    queryKey: ['properties', id, versionId],
    queryFn: ({ signal }) => api('GET /assets/{id}/properties', { id, versionId }, { signal }),
    select: ({ properties }) => properties,
    staleTime: 60_000,
    retry: false,
  });
}
