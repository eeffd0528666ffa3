import { copyClasses } from './copy-classes.ts';
import { copyVersion } from './copy-version.ts';
import { putBytes } from './objects.ts';
import { trial } from './probe-support.ts';
import type { Capability } from './types.ts';
import { listKeyVersions } from './versions.ts';

/** Finds out in a scratch bucket into which storage classes a copy may go. What is taken must be listed so: some stores drop the header. */
export async function probeStorageClasses(bucket: string): Promise<Record<string, Capability>> {
  const ref = { bucket, key: 'storage-class' };
  const { versionId } = await putBytes(ref, 'strata probe', 'text/plain');
  const found: Record<string, Capability> = {};
  for (const storageClass of copyClasses) {
    if (storageClass === 'STANDARD') {
      // Not tried: a copy of a file onto itself that changes nothing is refused by AWS and VersityGW.
      found[storageClass] = { supported: true, detail: 'Every copy goes into it.' };
      continue;
    }
    found[storageClass] = await trial('A copy can go into it.', async () => {
      await copyVersion({
        source: { ...ref, versionId },
        target: ref,
        encryption: { kind: 'none' },
        size: 12,
        storageClass,
      });
      const [top] = await listKeyVersions(ref);
      return top?.storageClass === storageClass
        ? null
        : `The store took the copy and keeps it in ${top?.storageClass ?? 'no class'}.`;
    });
  }
  return found;
}
