'use client';

import { ChevronRight, FileJson } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import { Page } from '#components/shell/page.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { buttonClass } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { formatPlural } from '#components/ui/format.ts';
import { Input } from '#components/ui/input.tsx';
import { FieldTable } from './field-table.tsx';
import type { ApiOperation, ApiSection } from './plan-sections.ts';

/** The reference of the HTTP API, drawn from the OpenAPI document that the app serves. */
export function ApiDocsPage({ sections, origin }: { sections: ApiSection[]; origin: string }) {
  const [text, setText] = useState('');
  const wanted = useDeferredValue(text).trim().toLowerCase();
  const shown = sections
    .map((section) => ({ ...section, operations: section.operations.filter((one) => matches(one, wanted)) }))
    .filter((section) => section.operations.length > 0);
  const count = sections.reduce((sum, section) => sum + section.operations.length, 0);
  return (
    <Page
      title="API"
      layout="column"
      facts={formatPlural(count, 'endpoint')}
      actions={
        // No page of ours: the document itself.
        <a href="/api/openapi.json" className={buttonClass('outline', 'control')}>
          <FileJson aria-hidden="true" className="-ml-0.5 size-4" />
          OpenAPI
        </a>
      }
    >
      <p className="text-fg-2">
        JSON over HTTP. Send <code>Authorization: Bearer</code> and an API token from your account page. Lists answer a{' '}
        <code>nextCursor</code>; errors are problem documents with a <code>code</code> and what to do. Bytes of files go
        between you and the store, over addresses that the API gives out.
      </p>
      <pre className="mt-3 overflow-x-auto rounded-2 bg-sunken p-3 type-code">
        <code>{`curl -H "Authorization: Bearer $TOKEN" ${origin}/api/v1/libraries`}</code>
      </pre>
      <Input
        type="search"
        aria-label="Find an endpoint"
        placeholder="Find an endpoint"
        value={text}
        onChange={(event) => setText(event.target.value)}
        className="mt-4 px-2.5"
      />
      {shown.length === 0 && (
        <EmptyState icon={<FileJson />} title={`No endpoint has "${text}"`}>
          Addresses, methods and summaries are searched.
        </EmptyState>
      )}
      {shown.map((section) => (
        <section key={section.tag} aria-labelledby={`api-${section.tag}`} className="mt-5">
          <h2 id={`api-${section.tag}`} className="mb-1 text-title">
            {section.title}
          </h2>
          {section.operations.map((operation) => (
            <OperationRow key={operation.id} operation={operation} />
          ))}
        </section>
      ))}
      <div className="h-8" />
    </Page>
  );
}

function matches(operation: ApiOperation, wanted: string): boolean {
  return `${operation.method} ${operation.path} ${operation.summary}`.toLowerCase().includes(wanted);
}

function OperationRow({ operation }: { operation: ApiOperation }) {
  return (
    <details id={operation.id} className="group border-b border-line">
      <summary className="focus-inset flex min-h-9 cursor-pointer list-none items-start gap-2 rounded-1 py-2 [&::-webkit-details-marker]:hidden">
        <ChevronRight
          aria-hidden="true"
          className="mt-1 size-3 flex-none text-fg-3 transition-transform group-open:rotate-90"
        />
        <Badge
          tone={operation.method === 'GET' ? 'plain' : operation.method === 'DELETE' ? 'danger' : 'now'}
          className="mt-px w-14 justify-center"
        >
          {operation.method}
        </Badge>
        <span className="min-w-0 flex-1">
          <code className="[overflow-wrap:anywhere]">{operation.path}</code>
          <span className="block text-fg-2">{operation.summary}</span>
        </span>
      </summary>
      <div className="pb-3 pl-5">
        <p className="text-meta text-fg-3">
          Needs: {operation.needs}. Answers {operation.status}.
        </p>
        <FieldTable title="Takes" fields={operation.input} />
        <FieldTable title="Gives" fields={operation.output} />
      </div>
    </details>
  );
}
