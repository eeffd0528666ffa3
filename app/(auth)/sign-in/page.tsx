import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { CrossSection } from '#components/auth/cross-section.tsx';
import { layerNames } from '#components/auth/layer-names.ts';
import { SignInCard } from '#components/auth/sign-in-card.tsx';
import { endReasons, isEndReason } from '#lib/auth/end-reasons.ts';
import { hasOidc } from '#lib/auth/oidc-provider.ts';
import { safeReturnPath } from '#lib/auth/return-path.ts';
import { findActor } from '../../current-actor.ts';

export const metadata: Metadata = { title: 'Sign in', robots: { index: false } };

type Search = { returnTo?: string | string[]; ended?: string | string[]; error?: string | string[] };

export default async function SignInPage({ searchParams }: { searchParams: Promise<Search> }) {
  const { returnTo, ended, error } = await searchParams;
  const path = safeReturnPath(typeof returnTo === 'string' ? returnTo : null);
  const { actor } = await findActor();
  if (actor) redirect(path);
  return (
    <div className="relative grid min-h-dvh place-items-center overflow-hidden max-sm:place-items-start">
      <CrossSection names={layerNames(new Date())} />
      <SignInCard
        returnTo={path}
        notice={isEndReason(ended) ? endReasons[ended] : null}
        error={typeof error === 'string' ? error : null}
        sso={hasOidc()}
      />
    </div>
  );
}
