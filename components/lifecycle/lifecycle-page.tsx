'use client';

import { Braces, Check, History, Layers } from 'lucide-react';
import { useMemo, useState } from 'react';
import { Page } from '#components/shell/page.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { formatPlural } from '#components/ui/format.ts';
import { IconButton } from '#components/ui/icon-button.tsx';
import { addToast } from '#components/ui/toast-store.ts';
import type { PriceSheet, RunningCost } from '#lib/cost/schema.ts';
import { compileRules } from '#lib/lifecycle/compile-rules.ts';
import { type Competition, findCompetingRules } from '#lib/lifecycle/find-competing-rules.ts';
import type { StoredRule } from '#lib/lifecycle/plan-document.ts';
import { ownIdPrefix, ruleNameOf } from '#lib/lifecycle/rule-ids.ts';
import type { LifecycleRule, LifecycleView } from '#lib/lifecycle/schema.ts';
import { toStoredRules } from '#lib/lifecycle/to-stored-rules.ts';
import { Lanes } from './lanes.tsx';
import { OutlookSection } from './outlook-section.tsx';
import { PastRulesDialog } from './past-rules-dialog.tsx';
import { planRuleNotes } from './plan-rule-notes.ts';
import { ReviewDialog } from './review-dialog.tsx';
import { RulePanel } from './rule-panel.tsx';
import { TemplateCards } from './template-cards.tsx';
import { emptyRule } from './templates.ts';
import { type LifecycleDraft, useLifecycleDraft } from './use-lifecycle-draft.ts';
import { useOutlook } from './use-outlook.ts';

export interface LifecyclePageProps {
  library: { slug: string; name: string; rootPrefix: string };
  initial: LifecycleView;
  prices: PriceSheet;
  /** Requests and traffic, as last measured. */
  running: RunningCost | null;
}

/** Rules of a library as a timeline; what they will do and save; and the way to put them in force. */
export function LifecyclePage({ library, initial, prices, running }: LifecyclePageProps) {
  const [view, setView] = useState(initial);
  return (
    <Editor
      key={view.revision}
      library={library}
      view={view}
      prices={prices}
      running={running}
      onSaved={(lifecycle) => {
        setView(lifecycle);
        addToast({ title: `${formatPlural(lifecycle.rules.length, 'rule')} in force` });
      }}
    />
  );
}

type Open = 'review' | 'past' | 'json' | null;

function Editor({
  library,
  view,
  prices,
  running,
  onSaved,
}: Omit<LifecyclePageProps, 'initial'> & { view: LifecycleView; onSaved: (view: LifecycleView) => void }) {
  const draft = useLifecycleDraft(view);
  const [open, setOpen] = useState<Open>(null);
  const chosen = draft.chosen === null ? undefined : draft.rules[draft.chosen];
  const fresh = draft.rules.filter((rule) => draft.stateOf(rule) !== 'kept').length;
  const close = () => setOpen(null);
  const outlook = useOutlook(library.slug, draft.problems.length === 0 ? draft.rules : null);
  const competing = useMemo(() => competingIn(draft.rules, view, library), [draft.rules, view, library]);
  const unchanged = draft.dirty ? undefined : 'Nothing was changed';
  const cannotSave = draft.problems.length > 0 ? 'A rule has something that S3 would refuse' : unchanged;
  if (view.unsupportedReason)
    return (
      <Page title="Lifecycle">
        <EmptyState icon={<Layers />} title="This store keeps no lifecycle rules">
          {view.unsupportedReason}
        </EmptyState>
      </Page>
    );
  return (
    <Page
      title="Lifecycle"
      facts={library.name}
      actions={
        <>
          {view.rules.length > 0 && (
            <Badge tone="success" icon={<Check />}>
              {formatPlural(view.rules.length, 'rule')} in force
            </Badge>
          )}
          {fresh > 0 && <Badge tone="now">{formatPlural(fresh, 'change')} in this draft</Badge>}
          <Button variant="quiet" icon={<History />} onClick={() => setOpen('past')}>
            <span className="max-lg:sr-only">Past rules</span>
          </Button>
          <Button variant="quiet" icon={<Braces />} onClick={() => setOpen('json')}>
            <span className="max-lg:sr-only">JSON</span>
          </Button>
          {draft.dirty && (
            <Button onClick={() => draft.replace(view.rules)} className="max-md:hidden">
              Discard
            </Button>
          )}
          <Button variant="primary" disabledReason={cannotSave} onClick={() => setOpen('review')}>
            Review and save
          </Button>
        </>
      }
      phoneActions={
        <>
          <IconButton label="Past rules" icon={<History />} size="touch" onClick={() => setOpen('past')} />
          <IconButton
            label="Review and save"
            icon={<Check />}
            size="touch"
            disabledReason={cannotSave}
            onClick={() => setOpen('review')}
          />
        </>
      }
      panel={chosen && <ChosenRule draft={draft} view={view} library={library} competing={competing} prices={prices} />}
    >
      {draft.rules.length === 0 && <TemplateCards view={view} classes={draft.classes} onTake={draft.add} />}
      {(draft.rules.length > 0 || view.foreign.length > 0) && (
        <Lanes draft={draft} foreign={view.foreign} onAdd={() => draft.add(emptyRule)} />
      )}
      <OutlookSection
        outlook={outlook}
        counting={draft.problems.length === 0}
        competing={competing}
        prices={prices}
        running={running}
      />
      {open === 'review' && (
        <ReviewDialog
          library={library.slug}
          rules={draft.rules}
          revision={view.revision}
          outlook={outlook}
          onClose={close}
          onSaved={onSaved}
        />
      )}
      {open === 'past' && (
        <PastRulesDialog
          library={library.slug}
          onClose={close}
          onTake={(rules) => {
            draft.replace(rules);
            close();
          }}
        />
      )}
      <Dialog
        open={open === 'json'}
        onOpenChange={(next) => !next && close()}
        title="The bucket's document"
        description="As the store holds it now, with the rules of others"
        width="plan"
      >
        <pre
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard
          tabIndex={0}
          className="focus-inset max-h-100 overflow-auto rounded-3 border border-line bg-sunken p-3 type-code"
        >
          {JSON.stringify(view.document, null, 2)}
        </pre>
      </Dialog>
    </Page>
  );
}

/** Pairs in the bucket's document as it would be, rules of others too. */
function competingIn(
  rules: LifecycleRule[],
  view: LifecycleView,
  { slug, rootPrefix }: LifecyclePageProps['library'],
): Competition[] {
  const context = { slug, rootPrefix, oneTransitionPerRule: false, abortUploads: true };
  const others = view.foreign.map(({ document }) => document as unknown as StoredRule);
  return findCompetingRules(compileRules([...others, ...rules.flatMap((rule) => toStoredRules(rule, context))]));
}

function ChosenRule({
  draft,
  view,
  library,
  competing,
  prices,
}: {
  draft: LifecycleDraft;
  view: LifecycleView;
  library: LifecyclePageProps['library'];
  competing: Competition[];
  prices: PriceSheet;
}) {
  const index = draft.chosen;
  const rule = index === null ? undefined : draft.rules[index];
  if (index === null || !rule) return null;
  const id = ownIdPrefix(library.slug) + rule.name;
  const sentences = competing.flatMap(({ rules: [a, b], text }) => {
    const other = a === id ? b : b === id ? a : null;
    return other === null ? [] : [`With ${ruleNameOf(other)}: ${text}`];
  });
  return (
    <RulePanel
      rule={rule}
      state={draft.stateOf(rule)}
      problems={draft.problems.filter((problem) => problem.rule === index)}
      competing={sentences}
      notes={planRuleNotes(rule, view.minimumSize, prices)}
      classes={draft.classes}
      abortUploads={view.abortUploads}
      onChange={(next) => draft.change(index, next)}
      onDuplicate={() => draft.add(rule)}
      onRemove={() => draft.remove(index)}
      onClose={() => draft.choose(null)}
    />
  );
}
