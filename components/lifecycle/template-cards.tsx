import { Plus } from 'lucide-react';
import { Button } from '#components/ui/button.tsx';
import type { LifecycleRule, LifecycleView } from '#lib/lifecycle/schema.ts';
import type { TransitionClass } from '#lib/lifecycle/storage-classes.ts';
import { LaneBar } from './lane-bar.tsx';
import { planLanes } from './lane-plan.ts';
import { planTemplates } from './templates.ts';

/** Before the first rule: what most libraries want, each with its lane. */
export function TemplateCards({
  view,
  classes,
  onTake,
}: {
  view: LifecycleView;
  classes: readonly TransitionClass[];
  onTake: (rule: LifecycleRule) => void;
}) {
  return (
    <section aria-label="Templates">
      <h2 className="text-page">Nothing moves and nothing goes yet</h2>
      <p className="mt-1 max-w-140 text-read text-fg-2">
        Every version stays in Standard for ever. Begin with one of these; nothing is in force before you save it, and
        the count below says what it would do.
      </p>
      <ul className="mt-4 grid gap-3 md:grid-cols-2">
        {planTemplates(classes, view.abortUploads).map(({ title, text, rule }) => (
          <li key={title} className="grid content-between gap-3 rounded-3 border border-line p-4">
            <div>
              <h3 className="text-title">{title}</h3>
              <p className="mt-0.5 text-fg-2">{text}</p>
            </div>
            {planLanes(rule, '').map((lane) => (
              <LaneBar key={lane.part} lane={lane} />
            ))}
            <Button icon={<Plus />} className="justify-self-start" onClick={() => onTake(rule)}>
              Begin with this
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
