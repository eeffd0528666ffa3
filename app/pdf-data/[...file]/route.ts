import { readPdfData } from '#lib/renditions/read-pdf-data.ts';

/** What pdf.js loads while it draws: decoders of scans, tables of old Asian encodings, the fonts that every reader must have. */
export async function GET(_: Request, { params }: { params: Promise<{ file: string[] }> }): Promise<Response> {
  const found = await readPdfData((await params).file);
  if (found === null) return new Response(null, { status: 404 });
  return new Response(new Uint8Array(found.bytes), {
    // The version of pdf.js is in the address.
    headers: { 'content-type': found.contentType, 'cache-control': 'public, max-age=31536000, immutable' },
  });
}
