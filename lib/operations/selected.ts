/** An asset as the index knows it when an operation is planned. `versionId` and `etag` are those of its newest content version. */
export type SelectedAsset = {
  id: bigint;
  path: string;
  key: string;
  state: 'live' | 'trashed' | 'gone';
  versionId: string;
  etag: string | null;
  size: number;
  storageClass: string;
};

/** The zero-byte object of a folder. */
export type SelectedFolderMarker = { path: string; key: string };

/** A row of the index on its way to a `SelectedAsset`. */
export type AssetRow = Omit<SelectedAsset, 'key' | 'size'> & { size: bigint };
