import { type OperationWords, wordsOf } from '#components/trash/operation-words.ts';

/** "3 files moved to press". */
export function transferWords(type: 'move' | 'copy', what: string, where: string): OperationWords {
  const words = wordsOf(type, what);
  return { ...words, doing: `${words.doing} to ${where}`, done: `${words.done} to ${where}` };
}
