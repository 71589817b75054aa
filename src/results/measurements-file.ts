/** measured/<code>.jsonl: one line per setting and seed of a study, in the order in which they were measured. */
import { closeSync, fstatSync, fsyncSync, ftruncateSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { UserError } from '../user-error.ts';
import { atomicWrite } from './atomic-write.ts';
import { canonicalJson } from './canonical-json.ts';
import { makeFolder } from './make-folder.ts';
import { systemReason } from './system-reason.ts';

type Setting = Readonly<Record<string, string | number>>;

/** One setting, one seed. Values that are not finite are written, and read back, as null. */
export interface Measurement {
  readonly setting: Setting;
  readonly seed: number;
  readonly values: Readonly<Record<string, number | null>> | null; // null: learning diverged
  readonly diverged: string | null; // where
}

export interface Measurements {
  get(setting: Setting, seed: number): Measurement | undefined;
  /** On the disk of the operating system when it returns: a killed process loses none. */
  add(measurement: Measurement): void;
  close(): void;
}

/** Takes up what is there; a last line that a crash has torn is cut off. */
export function openMeasurements(path: string): Measurements {
  const known = new Map<string, Measurement>();
  const file = attempt('write', path, () => {
    makeFolder(dirname(path));
    const text = readIfThere(path);
    const whole = wholeLines(text);
    if (whole !== text) atomicWrite(path, whole);
    for (const one of parseAll(whole, path)) known.set(keyOf(one.setting, one.seed), one);
    return openSync(path, 'a');
  });
  return {
    get: (setting, seed) => known.get(keyOf(setting, seed)),
    add(one) {
      attempt('write', path, () => appendWhole(file, `${JSON.stringify(one)}\n`));
      known.set(keyOf(one.setting, one.seed), parse(JSON.stringify(one), 0, path)); // as it will be read back
    },
    close() {
      attempt('write', path, () => fsyncSync(file));
      closeSync(file);
    },
  };
}

/** All that is there, in file order, without touching it; of a line that is there twice the last. */
export function readMeasurements(path: string): Measurement[] {
  const all = attempt('read', path, () => parseAll(wholeLines(readFileSync(path, 'utf8')), path));
  return [...new Map(all.map((one) => [keyOf(one.setting, one.seed), one])).values()];
}

/** A full disk takes a part of a line: that goes again, others may append to it before the end. */
function appendWhole(file: number, line: string): void {
  const { size } = fstatSync(file);
  try {
    writeFileSync(file, line);
  } catch (error) {
    ftruncateSync(file, size);
    throw error;
  }
}

const wholeLines = (text: string): string => text.slice(0, text.lastIndexOf('\n') + 1);

function parseAll(whole: string, path: string): Measurement[] {
  const lines = whole.split('\n').slice(0, -1);
  return lines.map((line, i) => parse(line, i, path));
}

const keyOf = (setting: Setting, seed: number): string => `${canonicalJson(setting)} ${seed}`;

function parse(line: string, index: number, path: string): Measurement {
  try {
    const one = JSON.parse(line) as Measurement;
    if (typeof one.seed === 'number' && typeof one.setting === 'object') return one;
  } catch {
    // Reported below, like a line that is JSON but no measurement.
  }
  throw new UserError(`Cannot read ${path}: line ${index + 1} is no measurement; remove that line, or the file`);
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

function attempt<T>(act: string, path: string, what: () => T): T {
  try {
    return what();
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(`Cannot ${act} ${path}: ${systemReason(error)}; pass --results <folder>`, { cause: error });
  }
}
