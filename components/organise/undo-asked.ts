import { useSyncExternalStore } from 'react';

/** Changes that are only undone once somebody has seen what that does. `sentence`: what the change was, in words. */
export type AskedUndo = {
  library: string;
  changes: readonly { kind: 'operation' | 'upload'; id: string; sentence: string }[];
};

let asked: AskedUndo | null = null;
const listeners = new Set<() => void>();

/** Shows the dialog that asks (`UndoKey` holds it), from wherever the Undo was pressed: a toast outlasts its page. Null closes it. */
export function askUndo(next: AskedUndo | null): void {
  asked = next;
  for (const listener of listeners) listener();
}

export function useAskedUndo(): AskedUndo | null {
  return useSyncExternalStore(
    listen,
    () => asked,
    () => null,
  );
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
