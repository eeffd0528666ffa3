import type { RuleProblem } from '#lib/lifecycle/find-rule-problems.ts';
import type { LifecycleRule } from '#lib/lifecycle/schema.ts';
import type { TransitionClass } from '#lib/lifecycle/storage-classes.ts';

/** What the panel of a rule and its parts are given. */
export interface RulePanelProps {
  rule: LifecycleRule;
  state: 'new' | 'changed' | 'kept';
  problems: RuleProblem[];
  /** Sentences about other rules that act on the same files. */
  competing: string[];
  /** Sentences about what the store does by it that one may not expect. */
  notes: string[];
  classes: readonly TransitionClass[];
  abortUploads: boolean;
  onChange: (rule: LifecycleRule) => void;
  onDuplicate: () => void;
  onRemove: () => void;
  onClose: () => void;
}
