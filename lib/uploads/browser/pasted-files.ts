import type { PickedFile } from './types.ts';

/** The name that browsers give to every copied picture. */
const namelessImage = /^image\.(png|jpe?g|gif|webp)$/i;

/** "pasted 2026-11-23 14.32.05.png": copied pictures are all called image.png, and would clash with each other. */
export function pastedName(type: string, at: Date, index: number): string {
  const two = (n: number) => String(n).padStart(2, '0');
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  const time = `${two(at.getHours())}.${two(at.getMinutes())}.${two(at.getSeconds())}`;
  const extension = type === 'image/jpeg' ? 'jpg' : (type.split('/')[1]?.replace(/\+.*$/, '') ?? 'bin');
  return `pasted ${day} ${time}${index > 0 ? ` ${index + 1}` : ''}.${extension}`;
}

/** Files and pictures of a paste; copied pictures get a name of their own, copied files keep theirs. */
export function takePaste(data: Pick<DataTransfer, 'files'>, at: Date = new Date()): PickedFile[] {
  let pictures = 0;
  return Array.from(data.files, (file) => {
    if (!namelessImage.test(file.name)) return { file, relativePath: file.name };
    const name = pastedName(file.type, at, pictures++);
    return { file: new File([file], name, { type: file.type, lastModified: file.lastModified }), relativePath: name };
  });
}
