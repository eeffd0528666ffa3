/**
 * What is wrong with a file, as a sentence for people. It ends the inspection of this file only, and trying again would not help;
 * every other error is a fault of ours or of the store, and the job is tried again.
 */
export class FileProblem extends Error {
  constructor(sentence: string, options: { cause?: unknown } = {}) {
    super(sentence, options);
    this.name = 'FileProblem';
  }
}
