import {
  getAssetContentEndpoint,
  getAssetEndpoint,
  listEntriesEndpoint,
  waitForChangesEndpoint,
} from '#lib/assets/endpoints.ts';
import { getAsset } from '#lib/assets/get-asset.ts';
import { getAssetContent } from '#lib/assets/get-asset-content.ts';
import { listEntries } from '#lib/assets/list-entries.ts';
import { waitForChanges } from '#lib/assets/wait-for-changes.ts';
import { type Route, route } from '#lib/http/handle-request.ts';
import {
  enableVersioningEndpoint,
  getStoreEndpoint,
  listLibrariesEndpoint,
  probeStoreEndpoint,
} from '#lib/libraries/endpoints.ts';
import { getStore, probeStore } from '#lib/libraries/get-store.ts';
import { listLibraries } from '#lib/libraries/list-libraries.ts';
import { switchVersioningOn } from '#lib/libraries/switch-versioning-on.ts';

/** Which function answers which endpoint. A test asks that every declared endpoint stands here once. */
export const routes: Route[] = [
  route(listEntriesEndpoint, listEntries),
  route(waitForChangesEndpoint, (actor, input, { signal }) => waitForChanges(actor, input, { signal })),
  route(getAssetEndpoint, getAsset),
  route(getAssetContentEndpoint, getAssetContent),
  route(listLibrariesEndpoint, listLibraries),
  route(getStoreEndpoint, getStore),
  route(probeStoreEndpoint, probeStore),
  route(enableVersioningEndpoint, switchVersioningOn),
];
