import { planProgress } from './plan-progress.ts';
import type { RunReport } from './reconcile/read-run-report.ts';
import type { IndexRunView } from './schema.ts';

/** A comparison as the API tells it. */
export function indexRunView(report: RunReport, now = new Date()): IndexRunView {
  const elapsed = ((report.finishedAt ?? now).getTime() - report.startedAt.getTime()) / 1000;
  const { progress, secondsLeft } = planProgress(report.shards, elapsed);
  const running = report.state === 'running';
  return {
    id: String(report.runId),
    kind: report.kind,
    state: report.state,
    startedAt: report.startedAt.toISOString(),
    finishedAt: report.finishedAt?.toISOString() ?? null,
    problem: report.problem,
    progress: report.state === 'done' ? 1 : progress,
    secondsLeft: running ? secondsLeft : null,
    keys: report.keys,
    versions: report.versions,
    bytes: report.bytes,
    drift: report.drift as Record<string, number>,
    differences: report.differences,
  };
}
