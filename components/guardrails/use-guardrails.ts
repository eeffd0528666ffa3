'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import { tellFailure } from '#components/trash/use-operations.tsx';
import { addToast } from '#components/ui/toast-store.ts';
import { type GuardrailId, guardrailWords } from '#lib/guardrails/guardrails.ts';
import type { GuardrailRow, GuardrailsView } from '#lib/guardrails/schema.ts';
import { api } from '#lib/http/api-client.ts';
import { browserPut } from './browser-put.ts';

/** Milliseconds between two looks at a run that takes longer than one request. */
const lookEvery = 1_000;

type Work = { what: 'check' | 'apply' | 'revert'; guardrails: GuardrailId[] | null };

/** The guardrails as they were last seen, and what can be done about them. The first visit looks by itself. */
export function useGuardrails(library: string, initial: GuardrailsView) {
  const router = useRouter();
  const [view, setView] = useState(initial);
  const [work, setWork] = useState<Work | null>(null);
  const begun = useRef(false);

  const carryOut = async (next: Work, notDone: string, call: () => Promise<{ guardrails: GuardrailsView }>) => {
    setWork(next);
    try {
      let { guardrails } = await call();
      while (guardrails.run && (guardrails.run.state === 'waiting' || guardrails.run.state === 'running')) {
        setView(guardrails);
        await new Promise((resolve) => setTimeout(resolve, lookEvery));
        ({ guardrails } = await api('GET /admin/libraries/{library}/guardrails', { library }));
      }
      setView(guardrails);
      // The count in the navigation.
      router.refresh();
      return guardrails;
    } catch (error) {
      tellFailure(notDone, error);
      return null;
    } finally {
      setWork(null);
    }
  };

  const check = (guardrails: GuardrailId[] | null) =>
    carryOut({ what: 'check', guardrails }, 'The probe was not finished', async () => {
      const browser = !guardrails || guardrails.includes('cors') ? await browserPut(library) : undefined;
      return api('POST /admin/libraries/{library}/guardrails/check', {
        library,
        ...(guardrails ? { guardrails } : {}),
        ...(browser ? { browser } : {}),
      });
    });

  const apply = async (row: GuardrailRow, documents?: Record<string, unknown>[]) => {
    const { title } = guardrailWords[row.id];
    const revision = row.change?.revision ?? '';
    const done = await carryOut({ what: 'apply', guardrails: [row.id] }, `${title} was not put in force`, () =>
      api('POST /admin/libraries/{library}/guardrails/{guardrail}/apply', {
        library,
        guardrail: row.id,
        revision,
        ...(documents ? { documents } : {}),
      }),
    );
    if (done) addToast({ title: `${title} is in force` });
    return done !== null;
  };

  const revert = async (id: GuardrailId, changeId: string) => {
    const { title } = guardrailWords[id];
    const done = await carryOut({ what: 'revert', guardrails: [id] }, `${title} was not taken back`, () =>
      api('POST /admin/libraries/{library}/guardrails/{guardrail}/revert', { library, guardrail: id, changeId }),
    );
    if (done) addToast({ title: `${title} was taken back` });
  };

  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when there is nothing to show yet
  useEffect(() => {
    if (begun.current || initial.rows.length > 0) return;
    begun.current = true;
    void check(null);
  }, []);

  return { view, work, check, apply, revert };
}
export type Guardrails = ReturnType<typeof useGuardrails>;
