import type { Metadata } from 'next';
import { GuardrailsPage } from '#components/guardrails/guardrails-page.tsx';
import { getGuardrails } from '#lib/guardrails/get-guardrails.ts';
import { requireActor } from '../../../current-actor.ts';
import { type AdminSearchParams, requireAdministered } from '../require-administered.ts';

export const metadata: Metadata = { title: 'Guardrails' };

export default async function Guardrails({ searchParams }: AdminSearchParams) {
  const actor = await requireActor();
  const library = await requireAdministered(actor, searchParams);
  const { guardrails } = await getGuardrails(actor, { library: library.slug });
  return <GuardrailsPage key={library.slug} library={library.slug} initial={guardrails} />;
}
