import { canTransition, classLabels, type TransitionClass } from '#lib/lifecycle/storage-classes.ts';

type Step = { days: number; storageClass: TransitionClass };

/** A step into `name` behind the ones that are there, on a day that S3 takes; or why there can be none. */
export function planNextStep(
  steps: Step[],
  endDays: number | null,
  name: TransitionClass,
  classes: readonly TransitionClass[],
): { step: Step | null; reason: string | null } {
  const no = (reason: string) => ({ step: null, reason });
  if (!classes.includes(name)) return no(`This store has no ${classLabels[name]}`);
  const last = steps.at(-1);
  if (last && !canTransition(last.storageClass, name))
    return no(`Nothing goes from ${classLabels[last.storageClass]} to ${classLabels[name]}`);
  const usual: Record<TransitionClass, number> = {
    INTELLIGENT_TIERING: 0,
    STANDARD_IA: 30,
    ONEZONE_IA: 30,
    GLACIER_IR: 90,
    GLACIER: 90,
    DEEP_ARCHIVE: 365,
  };
  const days = Math.max(usual[name], last ? last.days + 30 : 0);
  if (endDays !== null && days >= endDays) return no(`It ends on day ${endDays}, before this step`);
  return { step: { days, storageClass: name }, reason: null };
}
