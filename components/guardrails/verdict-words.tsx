import { Check, Minus, ShieldAlert, ShieldCheck, ShieldOff, ShieldQuestionMark, X } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Tone } from '#components/ui/badge.tsx';
import type { GuardrailRow } from '#lib/guardrails/schema.ts';

type Look = { word: string; tone: Extract<Tone, 'success' | 'danger' | 'plain'>; shield: ReactNode; mark: ReactNode };

/** How each verdict looks: a word, a shield, a colour that never stands alone. */
export const verdictLooks: Record<GuardrailRow['verdict'], Look> = {
  pass: { word: 'Pass', tone: 'success', shield: <ShieldCheck aria-hidden="true" />, mark: <Check /> },
  fail: { word: 'Fails', tone: 'danger', shield: <ShieldAlert aria-hidden="true" />, mark: <X /> },
  unknown: { word: 'Unknown', tone: 'plain', shield: <ShieldQuestionMark aria-hidden="true" />, mark: <Minus /> },
  unsupported: {
    word: 'Not supported here',
    tone: 'plain',
    shield: <ShieldOff aria-hidden="true" />,
    mark: <Minus />,
  },
};

export const shieldTones: Record<Look['tone'], string> = {
  success: 'bg-success-soft text-success-text',
  danger: 'bg-danger-soft text-danger-text',
  plain: 'bg-press text-fg-3',
};

/** "Held", "Answered": what the last probe found, in a word. */
export function probeWord({ verdict, probe }: GuardrailRow): string {
  if (verdict === 'unsupported') return 'Not here';
  return probe ? { held: 'Held', answered: 'Answered', unknown: 'Unclear' }[probe.outcome] : 'Not probed';
}
