'use client';

import { useMemo, useState } from 'react';
import { usePhone } from '#components/ui/use-media.ts';
import { findRuleProblems } from '#lib/lifecycle/find-rule-problems.ts';
import type { LifecycleRule, LifecycleView } from '#lib/lifecycle/schema.ts';
import { freeName } from './templates.ts';

type Chosen = { index: number | null; asked: boolean };

/** The rules as they are being edited, beside those that hold. Problems are found as one types: the checks are the server's own. */
export function useLifecycleDraft(view: LifecycleView) {
  const [rules, setRules] = useState(view.rules);
  const phone = usePhone();
  /** Beside the lanes something is always open; on a phone, where it covers them, only what was asked for. */
  const [chosen, setChosen] = useState<Chosen>({ index: view.rules.length > 0 ? 0 : null, asked: false });
  const choose = (index: number | null) => setChosen({ index, asked: true });
  const shown = phone && !chosen.asked ? null : chosen.index;
  const classes = useMemo(
    () => view.classes.flatMap(({ name, supported }) => (supported ? [name] : [])),
    [view.classes],
  );
  const problems = useMemo(
    () => findRuleProblems(rules, { classes, foreignCount: view.foreign.length }),
    [rules, classes, view.foreign.length],
  );
  const kept = new Map(view.rules.map((rule) => [rule.name, JSON.stringify(rule)]));
  const stateOf = (rule: LifecycleRule): 'new' | 'changed' | 'kept' => {
    const before = kept.get(rule.name);
    if (before === undefined) return 'new';
    return before === JSON.stringify(rule) ? 'kept' : 'changed';
  };
  return {
    rules,
    chosen: shown !== null && rules[shown] ? shown : null,
    choose,
    classes,
    problems,
    stateOf,
    dirty: JSON.stringify(rules) !== JSON.stringify(view.rules),
    change(index: number, rule: LifecycleRule) {
      setRules(rules.map((one, at) => (at === index ? rule : one)));
    },
    add(rule: LifecycleRule) {
      setRules([...rules, { ...rule, name: freeName(rule.name, rules) }]);
      choose(rules.length);
    },
    remove(index: number) {
      setRules(rules.filter((_, at) => at !== index));
      choose(null);
    },
    /** All at once: rules of the past, or those that hold. */
    replace(next: LifecycleRule[]) {
      setRules(next);
      setChosen({ index: next.length > 0 ? 0 : null, asked: false });
    },
  };
}
export type LifecycleDraft = ReturnType<typeof useLifecycleDraft>;
