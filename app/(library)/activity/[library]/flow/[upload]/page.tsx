import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { FlowPage } from '#components/activity/flow-page.tsx';
import { AppError } from '#lib/errors.ts';
import { getUploadFlow } from '#lib/uploads/get-upload-flow.ts';
import { uploadId } from '#lib/uploads/schema.ts';
import { requireActor } from '../../../../../current-actor.ts';

export const metadata: Metadata = { title: 'Data flow' };

export default async function Flow({ params }: { params: Promise<{ library: string; upload: string }> }) {
  const actor = await requireActor();
  const { upload } = await params;
  const id = uploadId.safeParse(upload);
  if (!id.success) notFound();
  try {
    const { flow } = await getUploadFlow(actor, { id: id.data });
    return <FlowPage flow={flow} />;
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') notFound();
    throw error;
  }
}
