import { listArchiveEndpoint, signArchiveEndpoint } from '#lib/archives/endpoints.ts';
import { listArchive } from '#lib/archives/list-archive.ts';
import { signArchive } from '#lib/archives/sign-archive.ts';
import {
  getAssetContentEndpoint,
  getAssetEncryptionEndpoint,
  getAssetEndpoint,
  listEntriesEndpoint,
  outlineFolderEndpoint,
  waitForChangesEndpoint,
} from '#lib/assets/endpoints.ts';
import { getAsset } from '#lib/assets/get-asset.ts';
import { getAssetContent } from '#lib/assets/get-asset-content.ts';
import { getAssetEncryption } from '#lib/assets/get-asset-encryption.ts';
import { listEntries } from '#lib/assets/list-entries.ts';
import { outlineFolder } from '#lib/assets/outline-folder.ts';
import { waitForChanges } from '#lib/assets/wait-for-changes.ts';
import { listActivityEndpoint } from '#lib/audit/endpoints.ts';
import { listActivity } from '#lib/audit/list-activity.ts';
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
import {
  forecastCostEndpoint,
  getCostEndpoint,
  measureCostEndpoint,
  previewClassChangeEndpoint,
  setMonthlyUseEndpoint,
  setPricesEndpoint,
} from '#lib/cost/endpoints.ts';
import { forecastCost } from '#lib/cost/forecast-cost.ts';
import { getCost } from '#lib/cost/get-cost.ts';
import { measureCost } from '#lib/cost/measure-cost.ts';
import { previewClassChange } from '#lib/cost/preview-class-change.ts';
import { setMonthlyUse } from '#lib/cost/set-monthly-use.ts';
import { setPrices } from '#lib/cost/set-prices.ts';
import { connectEvents } from '#lib/follow/connect-events.ts';
import {
  connectEventsEndpoint,
  getEventSourceEndpoint,
  receiveEventsEndpoint,
  rotateEventTokenEndpoint,
} from '#lib/follow/endpoints.ts';
import { getEventSource } from '#lib/follow/get-event-source.ts';
import { receiveEvents } from '#lib/follow/receive-events.ts';
import { rotateEventToken } from '#lib/follow/rotate-event-token.ts';
import {
  applyGuardrailEndpoint,
  checkGuardrailsEndpoint,
  getGuardrailsEndpoint,
  listGuardrailRunsEndpoint,
  lookAtEncryptionEndpoint,
  revertGuardrailEndpoint,
  startBrowserProbeEndpoint,
} from '#lib/guardrails/endpoints.ts';
import { getGuardrails } from '#lib/guardrails/get-guardrails.ts';
import { listGuardrailRuns } from '#lib/guardrails/list-guardrail-runs.ts';
import { lookAtEncryption } from '#lib/guardrails/look-at-encryption.ts';
import { checkGuardrails, requestApply, requestRevert } from '#lib/guardrails/request-run.ts';
import { startBrowserProbe } from '#lib/guardrails/start-browser-probe.ts';
import { countEntriesAt } from '#lib/history/count-entries-at.ts';
import { countEntriesAtEndpoint, findChangesAroundEndpoint, readTimelineEndpoint } from '#lib/history/endpoints.ts';
import { findChangesAround } from '#lib/history/find-changes-around.ts';
import { readTimeline } from '#lib/history/read-timeline.ts';
import { type Route, route } from '#lib/http/handle-request.ts';
import { checkIndex } from '#lib/indexing/check-index.ts';
import { checkDrift } from '#lib/indexing/drift/check-drift.ts';
import { checkDriftEndpoint, getDriftEndpoint, repairDriftEndpoint } from '#lib/indexing/drift/endpoints.ts';
import { getDrift } from '#lib/indexing/drift/get-drift.ts';
import { startDriftRepair } from '#lib/indexing/drift/start-drift-repair.ts';
import { checkIndexEndpoint, getIndexEndpoint, rebuildIndexEndpoint } from '#lib/indexing/endpoints.ts';
import { getIndex } from '#lib/indexing/get-index.ts';
import { rebuildIndex } from '#lib/indexing/rebuild-index.ts';
import { listJobsEndpoint, retryJobsEndpoint } from '#lib/jobs/endpoints.ts';
import { listJobs } from '#lib/jobs/list-jobs.ts';
import { retryJobs } from '#lib/jobs/retry-jobs.ts';
import { addLibrary } from '#lib/libraries/add-library.ts';
import {
  addLibraryEndpoint,
  enableVersioningEndpoint,
  getStoreEndpoint,
  listLibrariesEndpoint,
  probeBucketEndpoint,
  probeStoreEndpoint,
  removeLibraryEndpoint,
} from '#lib/libraries/endpoints.ts';
import { getStore, probeStore } from '#lib/libraries/get-store.ts';
import { listLibraries } from '#lib/libraries/list-libraries.ts';
import { probeBucket } from '#lib/libraries/probe-bucket.ts';
import { removeLibrary } from '#lib/libraries/remove-library.ts';
import { switchVersioningOn } from '#lib/libraries/switch-versioning-on.ts';
import { checkLifecycle } from '#lib/lifecycle/check-lifecycle.ts';
import { dryRunLifecycle } from '#lib/lifecycle/dry-run-lifecycle.ts';
import {
  checkLifecycleEndpoint,
  dryRunLifecycleEndpoint,
  getLifecycleEndpoint,
  listLifecycleChangesEndpoint,
  saveLifecycleEndpoint,
} from '#lib/lifecycle/endpoints.ts';
import { getLibraryLifecycle } from '#lib/lifecycle/get-library-lifecycle.ts';
import { listLifecycleChanges } from '#lib/lifecycle/list-lifecycle-changes.ts';
import { saveLifecycle } from '#lib/lifecycle/save-lifecycle.ts';
import { cancelOperation } from '#lib/operations/cancel-operation.ts';
import {
  cancelOperationEndpoint,
  getOperationEndpoint,
  listOperationItemsEndpoint,
  pauseOperationEndpoint,
  resumeOperationEndpoint,
  retryOperationEndpoint,
  runPlannedOperationEndpoint,
  startOperationEndpoint,
  undoChangesEndpoint,
  undoOperationEndpoint,
} from '#lib/operations/endpoints.ts';
import { getOperation } from '#lib/operations/get-operation.ts';
import { listOperationItems } from '#lib/operations/list-operation-items.ts';
import { pauseOperation, resumeOperation } from '#lib/operations/pause-operation.ts';
import { retryOperation } from '#lib/operations/retry-operation.ts';
import { runPlannedOperation } from '#lib/operations/run-planned-operation.ts';
import { startOperation } from '#lib/operations/start-operation.ts';
import { undoChanges } from '#lib/operations/undo-changes.ts';
import { undoOperation } from '#lib/operations/undo-operation.ts';
import { addGrant } from '#lib/people/add-grant.ts';
import { createPerson } from '#lib/people/create-person.ts';
import { disablePerson } from '#lib/people/disable-person.ts';
import { enablePerson } from '#lib/people/enable-person.ts';
import { endPersonSessions } from '#lib/people/end-person-sessions.ts';
import { listPeople } from '#lib/people/list-people.ts';
import { removeGrant } from '#lib/people/remove-grant.ts';
import { resetPassword } from '#lib/people/reset-password.ts';
import {
  estimatePreparationEndpoint,
  prepareRenditionsEndpoint,
  rebuildRenditionsEndpoint,
} from '#lib/renditions/endpoints.ts';
import { estimatePreparation, prepareRenditions } from '#lib/renditions/prepare-renditions.ts';
import { rebuildRenditions } from '#lib/renditions/rebuild-renditions.ts';
import { checkRestorePlan } from '#lib/restore/check-restore-plan.ts';
import { checkRestorePlanEndpoint, getRestorePlanEndpoint, listRestorePlanEndpoint } from '#lib/restore/endpoints.ts';
import { getRestorePlan } from '#lib/restore/get-restore-plan.ts';
import { listRestorePlan } from '#lib/restore/list-restore-plan.ts';
import { listSearchFacetsEndpoint, searchAssetsEndpoint } from '#lib/search/endpoints.ts';
import { listSearchFacets } from '#lib/search/list-search-facets.ts';
import { searchAssets } from '#lib/search/search-assets.ts';
import { cancelUpload } from '#lib/uploads/cancel-upload.ts';
import { completeUploads } from '#lib/uploads/complete-uploads.ts';
import { decideUpload } from '#lib/uploads/decide-upload.ts';
import {
  cancelUploadEndpoint,
  completeUploadsEndpoint,
  decideUploadEndpoint,
  getUploadEndpoint,
  getUploadFlowEndpoint,
  listUploadsEndpoint,
  signPartsEndpoint,
  signUploadsEndpoint,
  startUploadsEndpoint,
} from '#lib/uploads/endpoints.ts';
import { getUpload } from '#lib/uploads/get-upload.ts';
import { getUploadFlow } from '#lib/uploads/get-upload-flow.ts';
import { listUploads } from '#lib/uploads/list-uploads.ts';
import { withUploadCall } from '#lib/uploads/record-upload-call.ts';
import { signParts } from '#lib/uploads/sign-parts.ts';
import { signUploads } from '#lib/uploads/sign-uploads.ts';
import { startUploads } from '#lib/uploads/start-uploads.ts';
import { getVersionPropertiesEndpoint, listTrashEndpoint, listVersionsEndpoint } from '#lib/versions/endpoints.ts';
import { getVersionProperties } from '#lib/versions/get-version-properties.ts';
import { listTrash } from '#lib/versions/list-trash.ts';
import { listVersions } from '#lib/versions/list-versions.ts';

/** Which function answers which endpoint. A test asks that every declared endpoint stands here once. */
export const routes: Route[] = [
  route(listEntriesEndpoint, listEntries),
  route(outlineFolderEndpoint, outlineFolder),
  route(countEntriesAtEndpoint, countEntriesAt),
  route(readTimelineEndpoint, readTimeline),
  route(findChangesAroundEndpoint, findChangesAround),
  route(waitForChangesEndpoint, (actor, input, { signal }) => waitForChanges(actor, input, { signal })),
  route(getAssetEndpoint, getAsset),
  route(getAssetContentEndpoint, getAssetContent),
  route(getAssetEncryptionEndpoint, getAssetEncryption),
  route(listLibrariesEndpoint, listLibraries),
  route(getStoreEndpoint, getStore),
  route(probeStoreEndpoint, probeStore),
  route(enableVersioningEndpoint, switchVersioningOn),
  route(listJobsEndpoint, listJobs),
  route(retryJobsEndpoint, retryJobs),
  route(probeBucketEndpoint, probeBucket),
  route(addLibraryEndpoint, addLibrary),
  route(removeLibraryEndpoint, removeLibrary),
  route(getIndexEndpoint, getIndex),
  route(checkIndexEndpoint, checkIndex),
  route(rebuildIndexEndpoint, rebuildIndex),
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
  route(listActivityEndpoint, listActivity),
  route(rebuildRenditionsEndpoint, rebuildRenditions),
  route(estimatePreparationEndpoint, estimatePreparation),
  route(prepareRenditionsEndpoint, prepareRenditions),
  route(
    startUploadsEndpoint,
    withUploadCall('start', (_, { results }) => results.flatMap((one) => (one.ok ? [one.id] : [])), startUploads),
  ),
  route(
    signUploadsEndpoint,
    withUploadCall('sign', ({ ids }) => ids, signUploads),
  ),
  route(
    signPartsEndpoint,
    withUploadCall('parts', ({ id }) => [id], signParts),
  ),
  route(
    completeUploadsEndpoint,
    withUploadCall('complete', ({ ids }) => ids, completeUploads),
  ),
  route(getUploadFlowEndpoint, getUploadFlow),
  route(decideUploadEndpoint, decideUpload),
  route(getUploadEndpoint, getUpload),
  route(listUploadsEndpoint, listUploads),
  route(cancelUploadEndpoint, cancelUpload),
  route(startOperationEndpoint, startOperation),
  route(getOperationEndpoint, getOperation),
  route(listOperationItemsEndpoint, listOperationItems),
  route(runPlannedOperationEndpoint, runPlannedOperation),
  route(undoOperationEndpoint, undoOperation),
  route(undoChangesEndpoint, undoChanges),
  route(listArchiveEndpoint, listArchive),
  route(signArchiveEndpoint, signArchive),
  route(cancelOperationEndpoint, cancelOperation),
  route(pauseOperationEndpoint, pauseOperation),
  route(resumeOperationEndpoint, resumeOperation),
  route(retryOperationEndpoint, retryOperation),
  route(getRestorePlanEndpoint, getRestorePlan),
  route(listRestorePlanEndpoint, listRestorePlan),
  route(checkRestorePlanEndpoint, checkRestorePlan),
  route(getDriftEndpoint, getDrift),
  route(checkDriftEndpoint, checkDrift),
  route(repairDriftEndpoint, startDriftRepair),
  route(receiveEventsEndpoint, (_nobody, input, { bearer }) => receiveEvents(bearer, input)),
  route(getEventSourceEndpoint, getEventSource),
  route(rotateEventTokenEndpoint, rotateEventToken),
  route(connectEventsEndpoint, connectEvents),
  route(listVersionsEndpoint, listVersions),
  route(getVersionPropertiesEndpoint, getVersionProperties),
  route(listTrashEndpoint, listTrash),
  route(searchAssetsEndpoint, searchAssets),
  route(listSearchFacetsEndpoint, listSearchFacets),
  route(getLifecycleEndpoint, getLibraryLifecycle),
  route(checkLifecycleEndpoint, checkLifecycle),
  route(dryRunLifecycleEndpoint, dryRunLifecycle),
  route(saveLifecycleEndpoint, saveLifecycle),
  route(listLifecycleChangesEndpoint, listLifecycleChanges),
  route(getGuardrailsEndpoint, getGuardrails),
  route(checkGuardrailsEndpoint, checkGuardrails),
  route(startBrowserProbeEndpoint, startBrowserProbe),
  route(applyGuardrailEndpoint, requestApply),
  route(revertGuardrailEndpoint, requestRevert),
  route(listGuardrailRunsEndpoint, listGuardrailRuns),
  route(lookAtEncryptionEndpoint, lookAtEncryption),
  route(getCostEndpoint, getCost),
  route(measureCostEndpoint, measureCost),
  route(forecastCostEndpoint, forecastCost),
  route(setPricesEndpoint, setPrices),
  route(setMonthlyUseEndpoint, setMonthlyUse),
  route(previewClassChangeEndpoint, previewClassChange),
];
