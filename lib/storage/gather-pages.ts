import type { KeyPage } from './list-version-keys.ts';

/**
 * Lets the listing run ahead of whoever reads it, by at most `most` pages, and gives out what came meanwhile as one page. Where the reader is
 * the slower one, its costs by the page are shared by more keys; where the listing is, nothing waits.
 * @throws what the listing throws, once the pages before are read
 */
export async function* gatherPages(pages: AsyncGenerator<KeyPage>, most = 4): AsyncGenerator<KeyPage> {
  const ready: KeyPage[] = [];
  let end: { error?: unknown } | null = null;
  let turn = Promise.withResolvers<void>();
  const tell = () => {
    turn.resolve();
    turn = Promise.withResolvers<void>();
  };
  const waitFor = async (isSo: () => boolean) => {
    while (!isSo()) await turn.promise;
  };
  const pump = async () => {
    for await (const page of pages) {
      ready.push(page);
      tell();
      await waitFor(() => ready.length < most || end !== null);
      if (end !== null) return;
    }
  };
  const pumping = pump()
    .then(
      () => ({}),
      (error: unknown) => ({ error }),
    )
    .then((how) => {
      end ??= how;
      tell();
    });
  try {
    for (;;) {
      await waitFor(() => ready.length > 0 || end !== null);
      const taken = ready.splice(0);
      const last = taken.at(-1);
      if (last) yield { keys: taken.flatMap((page) => page.keys), upTo: last.upTo };
      else if (end && 'error' in end) throw (end as { error: unknown }).error;
      else return;
      tell();
    }
  } finally {
    end ??= {};
    tell();
    await pumping;
  }
}
