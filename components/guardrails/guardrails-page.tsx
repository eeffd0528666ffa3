'use client';

import { History, Radar, ShieldAlert } from 'lucide-react';
import { useSearchParams } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import { Page } from '#components/shell/page.tsx';
import { Banner } from '#components/ui/banner.tsx';
import { Button } from '#components/ui/button.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { Time } from '#components/ui/time.tsx';
import { usePhone } from '#components/ui/use-media.ts';
import { type GuardrailId, guardrailIds, guardrailWords } from '#lib/guardrails/guardrails.ts';
import type { GuardrailRow, GuardrailsView } from '#lib/guardrails/schema.ts';
import { GuardrailDetail } from './guardrail-detail.tsx';
import { GuardrailList } from './guardrail-list.tsx';
import { PastChecksDialog } from './past-checks-dialog.tsx';
import { useGuardrails } from './use-guardrails.ts';

/** What protects the bucket, each with its proof, and the way to put it in force. */
export function GuardrailsPage({ library, initial }: { library: string; initial: GuardrailsView }) {
  const guardrails = useGuardrails(library, initial);
  const { view, work, check } = guardrails;
  const phone = usePhone();
  const [past, setPast] = useState(false);
  const [wanted, choose] = useChosen(library);
  // Beside the list something is always open: what fails, before all.
  const chosen = view.rows.find(({ id }) => id === wanted) ?? (phone ? undefined : firstOf(view.rows));
  const drifted = view.rows.filter(({ driftedAt }) => driftedAt !== null);
  const list = (
    <GuardrailList
      rows={view.rows}
      binding={view.binding}
      chosen={chosen?.id ?? null}
      busy={(id) => work !== null && (work.guardrails === null || work.guardrails.includes(id))}
      onChoose={choose}
    />
  );
  const all = work !== null && work.guardrails === null;
  return (
    <Page
      title={phone && chosen ? guardrailWords[chosen.id].title : 'Guardrails'}
      facts={
        view.checkedAt ? (
          <>
            Checked <Time at={view.checkedAt} />, again every 6 h
          </>
        ) : (
          'Checked for the first time'
        )
      }
      layout="bare"
      {...(phone && chosen ? { back: { href: addressOf(library, null), label: 'All guardrails' } } : {})}
      banner={
        drifted.length > 0 && (
          <Banner tone="danger" icon={<ShieldAlert />}>
            {drifted.map(({ id }) => guardrailWords[id].title).join(', ')} held before and{' '}
            {drifted.length === 1 ? 'holds' : 'hold'} no more.
          </Banner>
        )
      }
      actions={
        <>
          <Button variant="quiet" icon={<History />} onClick={() => setPast(true)}>
            Past checks
          </Button>
          <Button icon={<Radar />} busy={all} onClick={() => void check(null)}>
            Probe all
          </Button>
        </>
      }
      phoneActions={
        <>
          <IconButton label="Past checks" icon={<History />} size="touch" onClick={() => setPast(true)} />
          <IconButton
            label="Probe all"
            icon={<Radar />}
            size="touch"
            {...(all ? { disabledReason: 'It is being probed' } : {})}
            onClick={() => void check(null)}
          />
        </>
      }
    >
      {view.rows.length === 0 ? (
        <FirstLook busy={work !== null} />
      ) : (
        <div className="grid min-h-0 flex-1 grid-cols-[minmax(0,408px)_minmax(0,1fr)] grid-rows-[minmax(0,1fr)] max-lg:grid-cols-[minmax(0,320px)_minmax(0,1fr)] max-sm:grid-cols-[minmax(0,1fr)]">
          {(!phone || !chosen) && list}
          {chosen && <GuardrailDetail key={chosen.id} library={library} row={chosen} guardrails={guardrails} />}
        </div>
      )}
      {past && <PastChecksDialog library={library} onClose={() => setPast(false)} />}
    </Page>
  );
}

function FirstLook({ busy }: { busy: boolean }) {
  return (
    <div className="grid max-w-102 gap-2 p-4">
      <p role="status" className="text-fg-2">
        {busy
          ? 'Every guardrail is being probed for the first time. It takes some seconds.'
          : 'Nothing was probed yet.'}
      </p>
      {busy && guardrailIds.map((id) => <Skeleton key={id} className="h-12.5 w-full" />)}
    </div>
  );
}

const firstOf = (rows: GuardrailRow[]) =>
  rows.find(({ verdict }) => verdict === 'fail') ?? rows.find(({ verdict }) => verdict === 'unknown') ?? rows[0];

const addressOf = (library: string, id: GuardrailId | null) =>
  `/admin/guardrails?library=${library}${id ? `&guardrail=${id}` : ''}`;

/**
 * The open one is in the address, so that a link leads to it and back goes to the list. A click shows at once: the router may be busy with
 * what a change before it made new, and the address follows when it can.
 */
function useChosen(library: string): [GuardrailId | null, (id: GuardrailId) => void] {
  const inAddress = guardrailOf(useSearchParams().get('guardrail'));
  const [chosen, setChosen] = useState(inAddress);
  /** What was written into the address and has not come back from the router yet. */
  const written = useRef<GuardrailId | null>(null);
  useEffect(() => {
    if (written.current === null) setChosen(inAddress);
    else if (written.current === inAddress) written.current = null;
  }, [inAddress]);
  const choose = (id: GuardrailId) => {
    if (id === chosen) return;
    const address = addressOf(library, id);
    written.current = id;
    setChosen(id);
    // One entry in the history, however many are looked at.
    if (chosen) window.history.replaceState(null, '', address);
    else window.history.pushState(null, '', address);
  };
  return [chosen, choose];
}

const guardrailOf = (name: string | null): GuardrailId | null => guardrailIds.find((id) => id === name) ?? null;
