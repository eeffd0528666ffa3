import * as archives from '#lib/archives/endpoints.ts';
import * as assets from '#lib/assets/endpoints.ts';
import * as audit from '#lib/audit/endpoints.ts';
import * as auth from '#lib/auth/endpoints.ts';
import * as cost from '#lib/cost/endpoints.ts';
import * as follow from '#lib/follow/endpoints.ts';
import * as guardrails from '#lib/guardrails/endpoints.ts';
import * as history from '#lib/history/endpoints.ts';
import * as drift from '#lib/indexing/drift/endpoints.ts';
import * as indexing from '#lib/indexing/endpoints.ts';
import * as jobs from '#lib/jobs/endpoints.ts';
import * as libraries from '#lib/libraries/endpoints.ts';
import * as lifecycle from '#lib/lifecycle/endpoints.ts';
import * as operations from '#lib/operations/endpoints.ts';
import * as renditions from '#lib/renditions/endpoints.ts';
import * as restore from '#lib/restore/endpoints.ts';
import * as search from '#lib/search/endpoints.ts';
import * as uploads from '#lib/uploads/endpoints.ts';
import * as versions from '#lib/versions/endpoints.ts';
import type { Endpoint } from './define-endpoint.ts';

/** Every endpoint of the API by its constant's name. A test asks that each one has a handler. */
export const allEndpoints = {
  ...archives,
  ...assets,
  ...audit,
  ...auth,
  ...drift,
  ...follow,
  ...cost,
  ...guardrails,
  ...jobs,
  ...indexing,
  ...history,
  ...libraries,
  ...lifecycle,
  ...operations,
  ...restore,
  ...search,
  ...renditions,
  ...uploads,
  ...versions,
} satisfies Record<string, Endpoint>;

export type AllEndpoints = (typeof allEndpoints)[keyof typeof allEndpoints];
