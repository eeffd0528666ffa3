import { AppError } from '#lib/errors.ts';
import { findPathProblem, type PathLimits } from '#lib/libraries/path-rules.ts';

/**
 * The prefix that a grant is kept under: "" for the whole library, else a folder path that ends in "/", so that a grant on `press`
 * never reaches `pressing/`. The folder need not exist yet.
 * @throws AppError invalid_path
 */
export function planGrantPrefix(given: string, limits: PathLimits): string {
  if (given === '') return '';
  const folder = given.endsWith('/') ? given : `${given}/`;
  const problem = findPathProblem(folder, limits);
  if (problem) throw new AppError('invalid_path', problem, { errors: [{ path: 'prefix', message: problem }] });
  return folder;
}
