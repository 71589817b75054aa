/** One run: how it stands, its steering, what goes on inside, its log, and what it was made of. */
import { useMemo, useState } from 'preact/hooks';
import type { Run, RunEntry, StreamLog } from '../../dashboard/protocol.ts';
import { AllExperiments } from '../parts/all-experiments.tsx';
import { Fact } from '../parts/fact.tsx';
import { LiveDot } from '../parts/live-dot.tsx';
import { figureName } from '../parts/measures.ts';
import { Problem } from '../parts/problem.tsx';
import { showNumber, showSeconds, showTime, showWord } from '../parts/show.ts';
import { StatusBadge } from '../parts/status.tsx';
import { escaped } from '../route.ts';
import { useResource } from '../use-resource.ts';
import { useStream } from '../use-stream.ts';
import { Alignment } from './alignment.tsx';
import { Controls } from './controls.tsx';
import { Inside } from './inside.tsx';
import { Log } from './log.tsx';
import { RunEnd } from './run-end.tsx';
import { RowCharts } from './row-charts.tsx';
import { StepSizes } from './step-sizes.tsx';
import { TraceView } from './trace.tsx';
import { useLive } from './use-live.ts';
import { type RunRows, useRows } from './use-rows.ts';
import { useSteering } from './use-steering.ts';

export function RunView({ id }: { readonly id: string }) {
  const path = `/api/runs/${escaped(id)}`;
  const { value: run, error, reload } = useResource<Run>(path);
  const { value: told } = useResource<{ label: string }>(`${path}/label`);
  const [entry, setEntry] = useState<RunEntry | null>(null);
  const [fresh, setFresh] = useState<StreamLog['lines']>([]);
  const rows = useRows(path, run && run.has);
  const steering = useSteering(id);
  const live = useLive();
  const liveness = useStream(`run=${encodeURIComponent(id)}&live=${encodeURIComponent(id)}`, {
    run(changed) {
      if (changed.id !== id) return;
      setEntry(changed);
      if (changed.status !== entry?.status) reload();
    },
    rows: (more) => more.run === id && rows.add(more),
    log: (more) => more.run === id && setFresh(more.lines),
    live: (state) => state.run === id && steering.set(state),
    frame: (frame) => frame.run === id && live.add(frame),
  });
  const now = entry ?? run;
  const written = useMemo(
    () => run && <Written run={run} path={path} rows={rows} fresh={fresh} />, // not at every frame
    [run, path, rows.files, fresh],
  );
  const step = Math.max(run?.step ?? 0, steering.state?.step ?? 0, live.step, ...rows.lastSteps);
  if (!run || !now) return error === null ? null : <Absent error={error} />;
  const { record } = run;
  return (
    <>
      <h1>
        {titleOf(run)} <span class="faint">seed {run.seed}</span> <LiveDot state={liveness} />
      </h1>
      <p class="label">{told && told.label !== agentName(run) ? told.label : `setting ${run.setting}`}</p>
      <Problem text={error} />
      <dl class="facts">
        <Fact name="status">
          <StatusBadge status={now.status} />
        </Fact>
        <Fact name="step">
          {showNumber(step)} <span class="fact-of">of {showNumber(numberOf(record.config['steps']))}</span>
        </Fact>
        <Fact name={figureName(record.config['target'])}>{showNumber(now.figure)}</Fact>
        <Fact name="began (UTC)">{showTime(now.startedAt)}</Fact>
        {record.end && <Fact name="took">{showSeconds(record.end.seconds)}</Fact>}
        {record.end && <Fact name="parameters">{showNumber(record.end.parameters)}</Fact>}
        {record.path && (
          <Fact name="computed by">
            {record.path.path} code, {record.path.precision}
          </Fact>
        )}
      </dl>
      <RunEnd run={run} status={now.status} reason={now.reason} />
      <Controls steering={steering} isRunning={now.status === 'running'} />
      {now.status === 'running' && <Inside id={id} window={live.window} lanes={lanesOf(run)} />}
      {written}
    </>
  );
}

interface WrittenProps {
  readonly run: Run;
  readonly path: string;
  readonly rows: RunRows;
  readonly fresh: StreamLog['lines'];
}

/** What the files of the run tell. */
function Written({ run, path, rows, fresh }: WrittenProps) {
  const { id } = run;
  return (
    <>
      <RowCharts id={id} rows={rows} hasDiverged={run.status === 'diverged'} />
      <Alignment id={run.id} rows={rows.files.alignment} beside={run.record.beside} />
      <TraceView id={id} path={path} has={run.has.includes('trace')} />
      <StepSizes id={id} rows={rows.files['step-sizes']} />
      <Log path={path} fresh={fresh} />
      <Configuration run={run} />
    </>
  );
}

function Absent({ error }: { readonly error: string }) {
  return (
    <>
      <h1>No run</h1>
      <Problem text={error} />
      <AllExperiments />
    </>
  );
}

const numberOf = (value: unknown): number | null => (typeof value === 'number' ? value : null);

function lanesOf({ record }: Run): number {
  const { lanes } = (record.config['agent'] ?? {}) as { lanes?: unknown };
  return typeof lanes === 'number' ? lanes : 1;
}

const nameOf = (part: unknown): string => showWord((part as { id?: unknown } | null | undefined)?.id);
const agentName = ({ record }: Run): string => nameOf(record.config['agent']);

function titleOf(run: Run): string {
  return [agentName(run), nameOf(run.record.config['env'])].filter(Boolean).join(' on ');
}

function Configuration({ run }: { readonly run: Run }) {
  const [config, rest] = useMemo(() => {
    const { config: own, ...others } = run.record;
    return [JSON.stringify(own, null, 2), JSON.stringify(others, null, 2)];
  }, [run]);
  return (
    <section aria-labelledby="config">
      <h2 id="config">Configuration and provenance</h2>
      <details>
        <summary>Configuration, every default filled in</summary>
        <pre class="wide">{config}</pre>
      </details>
      <details>
        <summary>Provenance: commit, versions, machine, command</summary>
        <pre class="wide">{rest}</pre>
      </details>
    </section>
  );
}
