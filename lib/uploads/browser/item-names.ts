/** The last segment of a path. */
export function lastName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** "Keep both" stores boats.jpg as "boats (2).jpg": the file to continue it with is still called boats.jpg. */
export function namesMatch(sessionName: string, fileName: string): boolean {
  if (sessionName === fileName) return true;
  const dot = fileName.lastIndexOf('.');
  const stem = dot > 0 ? fileName.slice(0, dot) : fileName;
  const extension = dot > 0 ? fileName.slice(dot) : '';
  if (!sessionName.startsWith(`${stem} (`) || !sessionName.endsWith(`)${extension}`)) return false;
  return /^\d+$/.test(sessionName.slice(stem.length + 2, sessionName.length - extension.length - 1));
}

/** The name that "Keep both" leads to, as the dialog foretells it; the server has the last word. */
export function nextFreeName(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot > 0 ? `${name.slice(0, dot)} (2)${name.slice(dot)}` : `${name} (2)`;
}
