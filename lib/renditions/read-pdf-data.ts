import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Folders of the package that a reader in the browser asks for, and what is in them. */
const folders: Record<string, RegExp> = {
  wasm: /^[\w-]+\.(wasm|js)$/,
  cmaps: /^[\w-]+\.bcmap$/,
  standard_fonts: /^[\w-]+\.(pfb|ttf)$/,
  iccs: /^[\w-]+\.icc$/,
};

/**
 * A file that pdf.js brings along for drawing; of one version, the folder and the name as in its package.
 * @returns null when there is no such file
 */
export async function readPdfData([, folder = '', name = '', ...more]: string[]) {
  if (more.length > 0 || !Object.hasOwn(folders, folder) || !folders[folder]?.test(name)) return null;
  try {
    const bytes = await readFile(join(process.cwd(), 'node_modules/pdfjs-dist', folder, name));
    return { bytes, contentType: contentTypeOf(name) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

function contentTypeOf(name: string): string {
  if (name.endsWith('.wasm')) return 'application/wasm';
  return name.endsWith('.js') ? 'text/javascript' : 'application/octet-stream';
}
