'use client';

import { useEffect } from 'react';
import { contentUrl } from '#components/browse/content-url.ts';
import type { AssetEntry } from '#lib/assets/schema.ts';
import { planStage, shownOf } from './plan-stage.ts';

/** Ms that one rests on a file before its neighbours are loaded: leafing through quickly loads none in vain. */
const rest = 250;

/** Loads the pictures of the neighbours, so that they are there when one goes on. */
export function usePreloading(neighbours: (AssetEntry | null)[]): void {
  const addresses = neighbours
    .flatMap((asset) => {
      if (!asset) return [];
      const stage = planStage(shownOf(asset, null));
      if (stage.way !== 'picture') return [];
      return [contentUrl(asset, stage.preview ? 'preview' : 'inline')];
    })
    .join(' ');
  useEffect(() => {
    const timer = setTimeout(() => {
      for (const address of addresses.split(' ').filter(Boolean)) new Image().src = address;
    }, rest);
    return () => clearTimeout(timer);
  }, [addresses]);
}
