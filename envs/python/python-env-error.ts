import { EnvError } from '../errors.ts';

/** On which side, and at what, it went wrong. */
export type PythonEnvErrorCode =
  | 'python' // there is no such program, or it is no Python
  | 'packages' // it has no gymnasium or no numpy
  | 'version' // too old, or bridge.py and this package are not of one version
  | 'make' // the environment could not be made
  | 'exception' // the environment threw; the process lives on
  | 'timeout' // no answer in time; the process was ended
  | 'exit' // the process ended on its own, or something killed it
  | 'protocol' // an answer to another question
  | 'closed'; // close() was called, or an earlier error ended the process

/** What went wrong on the Python side. Its name stays EnvError: a message of one line, meant for people. */
export class PythonEnvError extends EnvError {
  /** What went wrong, for programs. */
  readonly code: PythonEnvErrorCode;
  /** Python's whole traceback; '' where there is none. */
  readonly traceback: string;
  /** The last that the process wrote to stderr. */
  readonly stderr: string;

  /** `message` is one line; `traceback` and `stderr` are what Python said. */
  constructor(code: PythonEnvErrorCode, message: string, { traceback = '', stderr = '' } = {}) {
    super(message.replaceAll(/\s*\n\s*/g, ' '));
    this.code = code;
    this.traceback = traceback;
    this.stderr = stderr;
  }
}
