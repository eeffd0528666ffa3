'use client';

import { useQuery } from '@tanstack/react-query';
import { api } from '#lib/http/api-client.ts';

const names: Record<string, string> = { AES256: 'SSE-S3 (AES-256)', 'aws:kms': 'SSE-KMS', 'aws:kms:dsse': 'DSSE-KMS' };

/** How the store has encrypted the current version, asked when the file is looked at. Its line is there before the answer. */
export function AssetEncryption({ id, versionId }: { id: string; versionId: string }) {
  const { data, isError } = useQuery({
    queryKey: ['asset-encryption', id, versionId],
    queryFn: ({ signal }) => api('GET /assets/{id}/encryption', { id }, { signal }),
    staleTime: 60_000,
  });
  if (isError) return <span className="text-fg-3">The store does not say</span>;
  if (!data) return <span className="text-fg-3">Being asked</span>;
  const name = data.encryption === null ? 'None' : (names[data.encryption] ?? data.encryption);
  return (
    <span className="[overflow-wrap:anywhere]">
      {name}
      {data.kmsKeyId && <span className="block text-meta text-fg-3">{data.kmsKeyId}</span>}
      {!data.asWanted && <span className="block text-meta text-warning-text">Not as the library wants it</span>}
    </span>
  );
}
