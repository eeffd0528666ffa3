import { Check, Minus } from 'lucide-react';
import { Badge } from '#components/ui/badge.tsx';
import { Dot } from '#components/ui/dot.tsx';
import { Time } from '#components/ui/time.tsx';
import type { WorkerView } from '#lib/jobs/schema.ts';

/** The workers that live, and what each machine has of the tools that some previews need, with the line that installs what is missing. */
export function WorkerList({ workers }: { workers: WorkerView[] }) {
  if (workers.length === 0) return null;
  return (
    <section aria-labelledby="workers">
      <h2 id="workers" className="mb-1 flex min-h-8 items-center text-title">
        Workers
      </h2>
      <ul className="grid gap-4">
        {workers.map((worker) => (
          <li key={worker.id}>
            <p className="flex min-w-0 items-center gap-2 border-b border-line pb-1.5">
              <Dot />
              <code className="min-w-0 truncate">{worker.host}</code>
              <span className="flex-none text-meta text-fg-3">
                runs since <Time at={worker.startedAt} />
              </span>
            </p>
            <ul>
              {worker.tools.map((tool) => (
                <li
                  key={tool.name}
                  className="grid grid-cols-[112px_minmax(0,1fr)_auto] items-baseline gap-x-3 border-b border-line py-2 max-sm:grid-cols-[minmax(0,1fr)_auto]"
                >
                  <span className="text-label">{tool.name}</span>
                  <span className="min-w-0 text-fg-2 max-sm:col-span-2 max-sm:row-start-2">
                    {tool.purpose}
                    {!tool.found && (
                      <span className="block text-meta text-fg-3 max-sm:text-phone-meta">
                        Not on this machine. Install it, then start the worker again:{' '}
                        <code className="text-fg select-all">{tool.install}</code>
                      </span>
                    )}
                  </span>
                  {tool.found ? (
                    <Badge tone="success" icon={<Check />}>
                      {tool.version ?? 'Found'}
                    </Badge>
                  ) : (
                    <Badge tone="warning" icon={<Minus />}>
                      Missing
                    </Badge>
                  )}
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </section>
  );
}
