import type { UploadStep } from './record-upload-call.ts';

export type FlowCall = {
  at: Date;
  step: UploadStep;
  files: number;
  requestBytes: number;
  responseBytes: number;
  ms: number;
};
export type FlowStep = {
  step: UploadStep | 'bytes';
  route: 'app' | 'store';
  at: Date;
  /** Null: the store does not say when the bytes began, or they have not arrived. */
  ms: number | null;
  /** From the browser, and to it. Of a call about several files, this file's share. */
  bytesUp: number;
  bytesDown: number;
  /** Files in the same call. */
  files: number;
};

/**
 * The handshake of one upload in the order of time: calls to the app, and among them the bytes on their way to the store. Those begin when the
 * first links were given and have arrived by the store's own time of the version, which on AWS is in whole seconds. Pure.
 * @param arrivedAt null while the upload is under way
 */
export function planFlow(
  calls: FlowCall[],
  upload: { size: number; arrivedAt: Date | null; parts: boolean },
): FlowStep[] {
  const steps = calls.map(
    ({ at, step, files, requestBytes, responseBytes, ms }): FlowStep => ({
      step,
      route: 'app',
      at,
      ms,
      bytesUp: Math.round(requestBytes / files),
      bytesDown: Math.round(responseBytes / files),
      files,
    }),
  );
  const giving = steps.find(({ step }) => step === (upload.parts ? 'parts' : 'start'));
  if (!giving || !upload.arrivedAt) return steps;
  const from = new Date(giving.at.getTime() + (giving.ms ?? 0));
  const took = upload.arrivedAt.getTime() - from.getTime();
  const bytes: FlowStep = {
    step: 'bytes',
    route: 'store',
    at: from,
    // Whole seconds of the store, or its clock, may say that it was there before it was sent.
    ms: took > 0 ? took : null,
    bytesUp: upload.size,
    bytesDown: 0,
    files: 1,
  };
  const at = steps.indexOf(giving);
  return [...steps.slice(0, at + 1), bytes, ...steps.slice(at + 1)];
}
