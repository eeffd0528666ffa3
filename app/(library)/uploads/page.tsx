import type { Metadata } from 'next';
import { UploadsPage } from '#components/upload/uploads-page.tsx';
import { requireActor } from '../../current-actor.ts';

export const metadata: Metadata = { title: 'Uploads' };

/** Unfinished uploads of the signed-in person. The list comes from the browser's engine, which knows what this tab is sending. */
export default async function Uploads() {
  await requireActor('/uploads');
  return <UploadsPage />;
}
