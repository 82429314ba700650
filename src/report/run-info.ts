import { compareText } from '../records.js';
import { child, figure, type Json } from './summary.js';
import type { RunInfo } from './types.js';

export interface RunRow {
  id: number;
  kind: string;
  status: string;
  started_at: Date;
  finished_at: Date | null;
  counters: unknown;
  summary: unknown;
  seconds: number | null;
}

export function runInfo(run: RunRow): RunInfo {
  const summary = child(run, 'summary');
  const steps = child(summary, 'seconds');
  const resources = child(summary, 'resources');
  const notices = Array.isArray(summary.notices) ? (summary.notices as Json[]) : [];
  return {
    id: run.id,
    kind: run.kind,
    status: run.status,
    startedAt: run.started_at.toISOString(),
    finishedAt: run.finished_at?.toISOString() ?? null,
    seconds: run.seconds,
    // jsonb keeps no order of keys.
    steps: Object.keys(steps)
      .map((step) => ({ step, seconds: figure(steps, step) }))
      .sort((x, y) => y.seconds - x.seconds || compareText(x.step, y.step)),
    resources:
      typeof resources.cpuSeconds === 'number'
        ? { cpuSeconds: resources.cpuSeconds, peakMemoryMb: figure(resources, 'peakMemoryMb') }
        : null,
    notices: notices.map((notice) => ({
      source: String(notice.source ?? ''),
      code: String(notice.code ?? ''),
      message: String(notice.message ?? ''),
    })),
    error: typeof summary.error === 'string' ? summary.error : null,
  };
}
