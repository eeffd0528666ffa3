import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { TrashPage } from '#components/trash/trash-page.tsx';
import { AppError } from '#lib/errors.ts';
import { listTrash } from '#lib/versions/list-trash.ts';
import { requireActor } from '../../../current-actor.ts';

export const metadata: Metadata = { title: 'Trash' };

export default async function Trash({
  params,
  searchParams,
}: {
  params: Promise<{ library: string }>;
  searchParams: Promise<{ path?: string | string[] }>;
}) {
  const actor = await requireActor();
  const { library } = await params;
  const { path } = await searchParams;
  const folder = typeof path === 'string' ? path : '';
  try {
    const first = await listTrash(actor, { library, path: folder });
    return <TrashPage key={`${library} ${folder}`} library={library} path={folder} first={first} at={Date.now()} />;
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') notFound();
    throw error;
  }
}
