import { formatPlural } from '#components/ui/format.ts';
import { formatTime } from '#components/ui/format-time.ts';
import type { OperationView } from '#lib/operations/schema.ts';

type Type = OperationView['type'];
type Counts = OperationView['counts'];

/** What the toasts of one operation say. `what` is its object: "jetty.jpg", "3 files", "version 3 of jetty.jpg". */
export type OperationWords = { doing: string; done: string; notDone: string };

const words: Record<Type, (what: string) => OperationWords> = {
  trash: (what) => ({
    doing: `Moving ${what} to trash`,
    done: `${what} moved to trash`,
    notDone: `${what} ${was(what)} not moved to trash`,
  }),
  untrash: (what) => ({
    doing: `Restoring ${what} from trash`,
    done: `${what} restored from trash`,
    notDone: `${what} ${was(what)} not restored`,
  }),
  'restore-version': (what) => ({
    doing: `Restoring ${what}`,
    done: `${what} restored`,
    notDone: `${what} was not restored`,
  }),
  'restore-to-time': (what) => ({
    doing: `Restoring ${what} to that moment`,
    done: `${what} ${was(what)} restored to that moment`,
    notDone: `${what} ${was(what)} not restored`,
  }),
  'create-folder': (what) => ({
    doing: `Making the folder ${what}`,
    done: `Folder ${what} made`,
    notDone: `The folder ${what} was not made`,
  }),
  move: (what) => ({ doing: `Moving ${what}`, done: `${what} moved`, notDone: `${what} ${was(what)} not moved` }),
  copy: (what) => ({ doing: `Copying ${what}`, done: `${what} copied`, notDone: `${what} ${was(what)} not copied` }),
  tag: (what) => ({
    doing: `Tagging ${what}`,
    done: `Tags of ${what} changed`,
    notDone: `The tags of ${what} were not changed`,
  }),
  reencrypt: (what) => ({
    doing: `Encrypting ${what} anew`,
    done: `${what} encrypted anew`,
    notDone: `${what} ${was(what)} not encrypted anew`,
  }),
  reclass: (what) => ({
    doing: `Changing the storage class of ${what}`,
    done: `Storage class of ${what} changed`,
    notDone: `The storage class of ${what} was not changed`,
  }),
  purge: (what) => ({
    doing: `Deleting ${what} forever`,
    done: `${what} deleted forever`,
    notDone: `${what} ${was(what)} not deleted`,
  }),
};

/** "3 files were", "jetty.jpg was". */
const was = (what: string) => (/^(?!1 )[\d,]+ (files|folders|items)$/.test(what) ? 'were' : 'was');

export function wordsOf(type: Type, what: string): OperationWords {
  return words[type](what);
}

/** What an undo came to: it is an operation of the opposite kind. */
export function undoWords(type: Type, count: number): OperationWords {
  const files = formatPlural(count, 'file');
  switch (type) {
    case 'trash':
      return { doing: 'Undoing', done: count === 1 ? 'Undone' : `Undone for ${files}`, notDone: 'Not undone' };
    case 'untrash':
      return wordsOf('untrash', files);
    case 'restore-version':
      return { doing: 'Undoing', done: 'Undone. The version before is current again', notDone: 'Not undone' };
    case 'move':
      return { doing: `Moving ${files} back`, done: `${files} moved back`, notDone: 'Not undone' };
    case 'restore-to-time':
      return { doing: 'Undoing', done: `Undone for ${files}`, notDone: 'Not undone' };
    case 'reclass':
      return { doing: 'Undoing', done: `Undone. ${files} back in the class before`, notDone: 'Not undone' };
    case 'create-folder':
    case 'copy':
    case 'tag':
    case 'purge':
    case 'reencrypt':
      return { doing: 'Undoing', done: 'Undone', notDone: 'Not undone' };
  }
}

export type Missed = { name: string; detail: string };

/** Names shown in one toast; the rest is a number. */
const namesShown = 2;

/** "jetty.jpg: A newer version was saved since. And 3 more." Every sentence is the server's own. */
export function missedSentence(missed: Missed[], total: number): string {
  const shown = missed.slice(0, namesShown).map(({ name, detail }) => `${name}: ${detail}`);
  const more = total - shown.length;
  if (more > 0) shown.push(`And ${formatPlural(more, 'more', 'more')}, in Activity.`);
  return shown.join(' ');
}

/** What stands before the count of one under way: "Paused, ", "2 files being thawed, goes on by itself, next look today 14:30, ". Null: it simply runs. */
export function courseOf({ state, paused, thawing, counts }: Course, stopping = false): string | null {
  if (stopping) return 'Stopping, ';
  if (paused) return state === 'running' ? 'Pausing, ' : 'Paused, ';
  if (thawing && thawing.count === counts.pending) {
    return `${formatPlural(thawing.count, 'file')} being thawed, goes on by itself, next look ${formatTime(thawing.until)}, `;
  }
  return state === 'queued' ? 'Waiting, ' : null;
}
type Course = Pick<OperationView, 'state' | 'paused' | 'thawing' | 'counts'>;

export type Verdict = 'done' | 'nothing' | 'waiting' | 'some' | 'none' | 'cancelled';

/** How an operation ended, as its toast tells it. */
export function verdictOf(state: OperationView['state'], counts: Counts): Verdict {
  if (state === 'queued' || state === 'running' || state === 'planned') return 'waiting';
  if (state === 'cancelled') return 'cancelled';
  if (counts.conflict + counts.failed > 0) return counts.done + counts.skipped > 0 ? 'some' : 'none';
  return counts.done > 0 ? 'done' : 'nothing';
}
