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
  route(listLibrariesEndpoint, listLibraries),
  route(getStoreEndpoint, getStore),
  route(probeStoreEndpoint, probeStore),
  route(enableVersioningEndpoint, switchVersioningOn),
];
