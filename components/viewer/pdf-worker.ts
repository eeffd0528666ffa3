// The reader of PDFs, from our own origin: a worker of a bundle's own is what the content policy lets run.
import 'pdfjs-dist/build/pdf.worker.min.mjs';
