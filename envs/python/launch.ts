/** What both channels share: how Python is started, and what its first line must say. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { PythonSettings } from './options.ts';
import { type Hello, PROTOCOL } from './protocol.ts';
import { PythonEnvError, type PythonEnvErrorCode } from './python-env-error.ts';

export interface Launch {
  readonly id: string; // Gymnasium's
  readonly settings: PythonSettings;
  /** Several copies at a time: what PythonVectorEnv adds to the first line. */
  readonly vector?: { readonly count: number; readonly vectorization: string; readonly autoreset: string };
  /** Tests: a Python file whose make(config) takes gymnasium's place. */
  readonly fake?: string | undefined;
}

// Compiled code lies one folder deeper than the sources, under dist/; Python stays where it is.
const places = ['./bridge.py', '../../python/bridge.py'].map((path) => fileURLToPath(new URL(path, import.meta.url)));
const bridge = places.find((path) => existsSync(path)) ?? places[0]!;

export const programOf = ({ python }: PythonSettings): string => python ?? process.env['ENVS_PYTHON'] ?? 'python3';

/** Sets have the same order in every process: Text spaces, and environments that draw from a set, depend on it. */
export const surroundings = (): NodeJS.ProcessEnv => ({ PYTHONHASHSEED: '0', ...process.env });

/** Arguments of Python; the numbers are file descriptors. */
export function argumentsOf(source: number, sink: number, lifeline: number): string[] {
  return ['-u', bridge, String(source), String(sink), String(lifeline)];
}

/** The line that says what to make. */
export function firstLine({ id, settings, vector, fake }: Launch): string {
  const { kwargs, modules, wrappers, timeout, startTimeout, info } = settings;
  const said = { protocol: PROTOCOL, id, kwargs, modules, wrappers, timeout, startTimeout, info, ...vector, fake };
  return `${JSON.stringify(said)}\n`;
}

/** The answer to it, or the error that it is. */
export function helloOf(launch: Launch, line: string, stderr: string): Hello {
  const name = `python/${launch.id}`;
  let hello: Hello;
  try {
    hello = JSON.parse(line) as Hello;
  } catch {
    throw new PythonEnvError(
      'protocol',
      `Cannot start ${name}: ${programOf(launch.settings)} answered ${line.slice(0, 80)}`,
      {
        stderr,
      },
    );
  }
  if (hello.protocol !== PROTOCOL) {
    const why = `its bridge.py speaks protocol ${hello.protocol}, this package ${PROTOCOL}; install both from one version`;
    throw new PythonEnvError('version', `Cannot start ${name}: ${why}`, { stderr });
  }
  if (hello.error) {
    const { code, message, traceback } = hello.error;
    const program = programOf(launch.settings);
    const help =
      code === 'packages' ? `; try ${program} -m pip install gymnasium numpy, or another Python (ENVS_PYTHON)` : '';
    throw new PythonEnvError(code as PythonEnvErrorCode, `Cannot make ${name}: ${message}${help}`, {
      traceback,
      stderr,
    });
  }
  return hello;
}

export function noProgram({ id, settings }: Launch): PythonEnvError {
  const program = JSON.stringify(programOf(settings));
  const help = 'set the option python, or ENVS_PYTHON, to a Python that has gymnasium and numpy';
  return new PythonEnvError('python', `Cannot start python/${id}: there is no program ${program}; ${help}`);
}

/** Python, or what was called so, never answered. */
export function noAnswer({ id, settings }: Launch, ended: string | null, stderr: string): PythonEnvError {
  const program = programOf(settings);
  if (ended === null) {
    const why = `${program} did not answer within ${settings.startTimeout} s (startTimeout)`;
    return new PythonEnvError('timeout', `Cannot start python/${id}: ${why}`, { stderr });
  }
  const said = lastLine(stderr);
  return new PythonEnvError('python', `Cannot start python/${id}: ${program} ${ended}${said && `: ${said}`}`, {
    stderr,
  });
}

/** The process is gone in the middle of a call. */
export function goneDuring(launch: Launch, act: string, ended: string, late: boolean, stderr: string): PythonEnvError {
  const name = `Environment python/${launch.id}`;
  const where = placeOf(stderr);
  const traceback = stderr.slice(Math.max(0, stderr.lastIndexOf('most recent call first')));
  if (late) {
    const message = `${name} did not answer ${act} within ${launch.settings.timeout} s${where}; its process was ended`;
    return new PythonEnvError('timeout', message, { stderr, traceback: where && traceback });
  }
  const said = ended.includes('exit code') ? lastLine(stderr) : where.trim();
  return new PythonEnvError('exit', `${name} is gone during ${act}: its process ${ended}${said && `: ${said}`}`, {
    stderr,
    traceback: where && traceback,
  });
}

/** ' in File "x.py", line 3 in step' from a dump of faulthandler, which names the innermost frame first. */
function placeOf(stderr: string): string {
  const dump = stderr.split('most recent call first').at(-1)!;
  const frame = dump === stderr ? undefined : /File ".*", line \d+ in \S+/.exec(dump)?.[0];
  return frame === undefined ? '' : ` in ${frame}`;
}

const lastLine = (text: string): string => text.trim().split('\n').at(-1)!.trim();
