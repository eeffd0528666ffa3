import { getDocument, type PDFDocumentProxy, PDFWorker, version } from 'pdfjs-dist';
import { contentUrl } from '#components/browse/content-url.ts';
import type { Shown } from './plan-stage.ts';

/**
 * Opens a PDF straight from the store, in ranges where it gives them. Nothing in it runs: pdf.js draws, and neither scripts nor forms
 * nor links of the file are ever made.
 * @throws Error in pdf.js's words
 */
export function openPdf(shown: Pick<Shown, 'id' | 'versionId'>): {
  document: Promise<PDFDocumentProxy>;
  close: () => void;
} {
  // A worker for each document: a shared one cannot be opened anew while the last document is still being closed.
  const port = new Worker(new URL('./pdf-worker.ts', import.meta.url), { type: 'module' });
  // Scans (JBIG2, JPEG 2000), old Asian encodings and fonts that are not in the file need what pdf.js brings along; without it they stay blank.
  const data = new URL(`/pdf-data/${version}/`, location.href).href;
  const task = getDocument({
    worker: PDFWorker.create({ port }),
    url: new URL(contentUrl(shown, 'attachment'), location.href).href,
    wasmUrl: `${data}wasm/`,
    cMapUrl: `${data}cmaps/`,
    standardFontDataUrl: `${data}standard_fonts/`,
    iccUrl: `${data}iccs/`,
    enableXfa: false,
    disableAutoFetch: true,
    stopAtErrors: false,
  });
  const close = () => void task.destroy().finally(() => port.terminate());
  return { document: task.promise, close };
}
