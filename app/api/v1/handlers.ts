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
import { changePassword } from '#lib/auth/change-password.ts';
import { createToken } from '#lib/auth/create-token.ts';
import { endOwnSession } from '#lib/auth/end-own-session.ts';
import { endOwnSessions } from '#lib/auth/end-own-sessions.ts';
import {
  addGrantEndpoint,
  changePasswordEndpoint,
  createPersonEndpoint,
  createTokenEndpoint,
  disablePersonEndpoint,
  enablePersonEndpoint,
  endAllSessionsEndpoint,
  endPersonSessionsEndpoint,
  endSessionEndpoint,
  getMeEndpoint,
  listPeopleEndpoint,
  listSessionsEndpoint,
  listTokensEndpoint,
  removeGrantEndpoint,
  resetPasswordEndpoint,
  revokeTokenEndpoint,
} from '#lib/auth/endpoints.ts';
import { getMe } from '#lib/auth/get-me.ts';
import { listSessions } from '#lib/auth/list-sessions.ts';
import { listTokens } from '#lib/auth/list-tokens.ts';
import { revokeToken } from '#lib/auth/revoke-token.ts';
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
import { addGrant } from '#lib/people/add-grant.ts';
import { createPerson } from '#lib/people/create-person.ts';
import { disablePerson } from '#lib/people/disable-person.ts';
import { enablePerson } from '#lib/people/enable-person.ts';
import { endPersonSessions } from '#lib/people/end-person-sessions.ts';
import { listPeople } from '#lib/people/list-people.ts';
import { removeGrant } from '#lib/people/remove-grant.ts';
import { resetPassword } from '#lib/people/reset-password.ts';

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
  route(getMeEndpoint, getMe),
  route(changePasswordEndpoint, changePassword),
  route(listSessionsEndpoint, listSessions),
  route(endSessionEndpoint, endOwnSession),
  route(endAllSessionsEndpoint, endOwnSessions),
  route(listTokensEndpoint, listTokens),
  route(createTokenEndpoint, createToken),
  route(revokeTokenEndpoint, revokeToken),
  route(listPeopleEndpoint, listPeople),
  route(createPersonEndpoint, createPerson),
  route(disablePersonEndpoint, disablePerson),
  route(enablePersonEndpoint, enablePerson),
  route(resetPasswordEndpoint, resetPassword),
  route(endPersonSessionsEndpoint, endPersonSessions),
  route(addGrantEndpoint, addGrant),
  route(removeGrantEndpoint, removeGrant),
];
