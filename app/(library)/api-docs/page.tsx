import type { Metadata } from 'next';
import { ApiDocsPage } from '#components/api-docs/api-docs-page.tsx';
import { type ApiDocument, planSections } from '#components/api-docs/plan-sections.ts';
import { env } from '#lib/env.ts';
import { openApiDocument } from '#lib/http/openapi.ts';
import { requireActor } from '../../current-actor.ts';

export const metadata: Metadata = { title: 'API' };

/** The reference of the API, from the same document as /api/openapi.json. */
export default async function ApiDocs() {
  await requireActor();
  return <ApiDocsPage sections={planSections(openApiDocument() as ApiDocument)} origin={env().APP_URL} />;
}
