import { useState } from 'react';
import { ApiError } from '#lib/http/api-client.ts';

/**
 * What a dialog that saves something says meanwhile and when it fails: the sentence of the API and the fields that it names. What is no answer
 * of the API is a fault of ours, and is thrown on.
 */
export function useSaving() {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const save = async (work: () => Promise<void>) => {
    setBusy(true);
    setProblem(undefined);
    try {
      await work();
    } catch (error) {
      setProblem(sayProblem(error));
    } finally {
      setBusy(false);
    }
  };
  return { busy, problem, setProblem, save };
}

/** @throws what is no ApiError */
export function sayProblem(error: unknown): string {
  if (!(error instanceof ApiError)) throw error;
  const fields = error.errors.map(({ path, message }) => `${path} ${message}`).join('; ');
  return fields ? `${error.detail} ${fields}.` : error.detail;
}
