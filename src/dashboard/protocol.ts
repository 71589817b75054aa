/**
 * What the dashboard's server and its page say to each other: types alone, so that a page may import this file.
 *
 * Every answer is JSON unless said otherwise; an error is `{ error }` with its HTTP status. A path segment is a name as
 * it is on disk. A POST needs the header `x-csrf-token`, whose value is in GET /api/session.
 *
 *   GET  /api/session                                       Session
 *   GET  /api/experiments                                   ExperimentEntry[]
 *   GET  /api/experiments/<experiment>                      Experiment
 *   GET  /api/experiments/<experiment>/curves?points=200    Curves          also &settings=<hash>,<hash>
 *   GET  /api/experiments/<experiment>/plans/<id>           Plan
 *   GET  /api/experiments/<experiment>/study                Study           404 where nothing was measured
 *   GET  /api/experiments/<experiment>/pictures             Picture[]
 *   GET  /api/audits                                        Audit[]         what `agent-state audit` left, the newest first
 *   GET  /api/experiments/<experiment>/metrics.csv          text/csv: every line of metrics of every run; also runs.csv, study.csv
 *   GET  /api/runs/<experiment>/<setting>/<seed>            Run
 *   GET  .../label                                          { label }       what tells its setting from the others
 *   GET  /api/labels?run=<e>/<s>/<seed>&run=...             string[]        what tells the settings of these runs apart
 *   GET  .../metrics?points=500                             Rows            also timing, step-sizes, alignment; .csv instead gives all rows
 *   GET  .../trace                                          Trace           404 until the run is done; trace.csv too
 *   GET  .../log?limit=100&level=info&event=a,b&text=x&before=<next>        LogPage
 *   GET  /files/<experiment>/<path>                         a picture or table that lies there, as it is; <picture>.csv: its data
 *   GET  /api/stream?experiment=<e>&run=<e>/<s>/<seed>      server-sent events, StreamEvents; each as often as wanted, also
 *                                                           &live=<e>/<s>/<seed>: its process, if it goes on
 *   POST /api/runs/<experiment>/<setting>/<seed>/control    Control, as application/json -> Controlled, when it is done
 */
import type { Frame } from '../run/frame.ts';
import type { RunRecord, RunStatus } from '../results/run-record.ts';
import type { Trace } from '../results/trace-file.ts';

export type { Frame, RunRecord, Trace };

export interface Session {
  readonly version: string;
  readonly results: string; // the folder, as it was named
  readonly csrf: string; // for the header x-csrf-token of every POST
  readonly beat: number; // milliseconds between two heartbeats of a stream; after twice that without one it is dead
}

/** `running`: a process is at it; `damaged`: its files are not what they were; `missing`: planned, never begun. */
export type Status = RunStatus | 'missing' | 'damaged';

export interface ExperimentEntry {
  readonly name: string;
  readonly runs: number; // begun, whatever became of them
  readonly plans: number; // sweeps
  readonly audits: number; // of the folder audit, where those of all agents lie
  readonly isStudy: boolean; // it has measurements
  readonly changed: number; // milliseconds since 1970
}

export interface SettingEntry {
  readonly hash: string;
  readonly label: string; // what tells it from the others
  readonly agent: string;
  readonly env: string;
  readonly steps: number;
  readonly target: string; // return, value, episodes or bits
  readonly config: Readonly<Record<string, unknown>>;
}

export interface RunEntry {
  readonly id: string; // <experiment>/<setting>/<seed>, as in addresses
  readonly experiment: string;
  readonly setting: string;
  readonly seed: string | number;
  readonly status: Status;
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly figure: number | null; // final error, return or bits; null: not yet, or not scored
  readonly reason: string | null; // why it failed
}

export interface Experiment {
  readonly name: string;
  readonly settings: readonly SettingEntry[];
  readonly runs: readonly RunEntry[];
  readonly plans: readonly { readonly id: string; readonly settings: number; readonly seeds: number }[];
  readonly audits: number;
  readonly isStudy: boolean;
  readonly unreadable: readonly string[]; // one line per file that cannot be read
}

/** Where every run of a sweep stands. */
export interface Plan {
  readonly id: string;
  readonly createdAt: string;
  readonly settings: readonly { readonly hash: string; readonly label: string }[];
  readonly seeds: readonly number[];
  readonly states: readonly (readonly Status[])[]; // [settings][seeds]
}

/** Learning curves of each setting over its seeds, on at most `points` of the steps that they have. */
export interface Curves {
  readonly experiment: string;
  readonly settings: readonly SettingCurves[];
}

export interface SettingCurves {
  readonly hash: string;
  readonly title: string; // of the axis: mean squared error (return)
  readonly isLowerBetter: boolean;
  readonly steps: readonly number[];
  readonly seeds: readonly (string | number)[];
  readonly diverged: readonly (number | null)[]; // [seeds] the step at which it did; null: it did not
  readonly values: readonly (readonly (number | null)[])[]; // [seeds][steps]; null: not there yet, or not finite
  readonly mean: readonly (number | null)[]; // [steps] over the seeds that are there; null from where one has diverged
  readonly low: readonly (number | null)[]; // 95 % t interval of the mean
  readonly high: readonly (number | null)[];
}

export interface Study {
  readonly summary: unknown; // summary.json, as `agent-state run <study>` wrote it; null: not yet
  readonly code: string; // hash of the code that measured
  readonly measured: number; // lines
}

/** How the estimators beside an agent lay to the exact gradient. */
export interface Audit {
  readonly path: string; // below the results folder; its pictures are among those of the experiment audit
  readonly agent: string;
  readonly env: string;
  readonly seed: string | number;
  readonly status: RunStatus;
  readonly steps: number;
  readonly reference: 'shadow' | 'probe'; // exact RTRL beside the agent, or exact numbers along random directions
  readonly estimators: readonly AuditRow[]; // the best aligned first
  readonly leftOut: readonly { readonly label: string; readonly reason: string }[];
  readonly changed: number; // milliseconds since 1970
}

export interface AuditRow {
  readonly estimator: string;
  readonly isActive: boolean; // the agent's own
  readonly cosine: number | null; // means over all steps; null: not measured
  readonly relativeError: number | null;
  readonly normRatio: number | null;
  readonly macsPerStep: number;
  readonly bytes: number; // of what it stores between steps
  readonly microseconds: number | null; // per step
}

export interface Picture {
  readonly path: string; // below /files/
  readonly name: string;
  readonly csv: string | null; // below /files/: its data; null: no specification lies beside it
  readonly bytes: number;
  readonly changed: number; // milliseconds since 1970
}

export interface Run extends RunEntry {
  readonly record: RunRecord; // run.json
  readonly step: number; // lived, as far as the files tell
  readonly has: readonly RunFile[];
}

export type RunFile = 'metrics' | 'timing' | 'step-sizes' | 'alignment' | 'trace' | 'log' | 'checkpoint';

/** A line of a file of JSON lines: its `step`, and whatever else. */
export type Row = Readonly<Record<string, unknown>> & { readonly step: number };

/** At most `points` lines of a file, evenly, the last one among them. */
export interface Rows {
  readonly rows: readonly Row[];
  readonly of: number; // lines in the file
  readonly end: number; // bytes that were read
}

export interface LogPage {
  readonly lines: readonly LogLine[]; // the newest first
  readonly next: number | null; // `before` of the next page; null: that was the beginning
}

/** A record of log.ndjson (src/log/records.ts), or the beginning of a line that is none. */
export interface LogLine {
  readonly at: number; // byte where it begins: the same for ever
  readonly bytes: number;
  readonly record: Readonly<Record<string, unknown>> | null; // data, never markup
  readonly text: string | null; // where there is no record: its beginning
}

/**
 * The events of a stream, by name; `id` lines let a browser take up where it was. A reader that is too slow gets fewer
 * rows, evenly, never more than fit.
 *   run      RunEntry        it began, ended, or changed its status; at first: every run that is watched
 *   rows     StreamRows      new lines of metrics, timing, step-sizes or alignment of a watched run
 *   log      StreamLog       new lines of its log
 *   live     LiveState       the process of a run watched by `live=`: at first, and when it changes
 *   frame    LiveFrame       the inside of such a run, at most 30 a second, and only while somebody looks
 *   beat     {}              every `Session.beat` milliseconds
 */
export interface StreamEvents {
  readonly run: RunEntry;
  readonly rows: StreamRows;
  readonly log: StreamLog;
  readonly live: LiveState;
  readonly frame: LiveFrame;
  readonly beat: Readonly<Record<string, never>>;
}

export interface StreamRows {
  readonly run: string; // RunEntry.id
  readonly file: 'metrics' | 'timing' | 'step-sizes' | 'alignment';
  readonly isAnew: boolean; // forget what came before: these are of the whole file
  readonly rows: readonly Row[]; // thinned out where there are many
}

export interface StreamLog {
  readonly run: string;
  readonly lines: readonly LogLine[]; // the oldest first; of very many the newest
}

/** `step` lives single steps, `chunk` up to the end of a chunk (256, or 1 of an agent that acts); then it pauses again. */
export interface Control {
  readonly command: 'pause' | 'resume' | 'step' | 'chunk' | 'checkpoint';
  readonly steps?: number; // of `step`: 1 unless said
}

export interface Controlled {
  readonly canSteer: boolean; // a process of this user on this machine is at it, and hears commands
  readonly isPaused: boolean;
  readonly step: number | null; // lived, of a run that pauses or has just answered
  readonly isOver: boolean;
}

export interface LiveState extends Controlled {
  readonly run: string; // RunEntry.id
}

/** Numbers in it are packed: float32, little-endian, in base64 (src/run/frame.ts says what each is). */
export interface LiveFrame extends Frame {
  readonly run: string;
}
