import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, readSync, writeSync } from 'node:fs';
import type { Socket } from 'node:net';
import { EnvError } from '../errors.ts';
import { type Fifos, openFifos } from './fifos.ts';
import { endGroup, endWhatIsLeft, howEnded, pause } from './how-ended.ts';
import {
  argumentsOf,
  firstLine,
  goneDuring,
  helloOf,
  type Launch,
  noAnswer,
  noProgram,
  programOf,
  surroundings,
} from './launch.ts';
import type { Hello, Op, Reply } from './protocol.ts';
import { PythonEnvError } from './python-env-error.ts';
import type { StderrFile } from './stderr-file.ts';

const NEWLINE = 10;

/**
 * A bridge process asked and answered with blocking reads and writes: a call returns when the answer is there. Node's
 * own pipes never block, so these are two FIFOs (POSIX), opened here, handed over, and removed before the child runs:
 * nothing lies about whatever happens. Each side holds one end of each only, so that the death of either is the end of
 * the stream for the other. How long a call may take is watched inside the child, by the kernel's clock.
 */
export class FifoChannel {
  readonly hello: Hello;
  private readonly launch: Launch;
  private readonly child: ChildProcess;
  private readonly stderr: StderrFile;
  private readonly request: number;
  private readonly reply: number;
  private over: string | null = null; // why there is nobody to ask any more

  constructor(launch: Launch) {
    if (process.platform === 'win32') {
      throw new EnvError(`Cannot start python/${launch.id}: Windows has no FIFOs; use AsyncPythonEnv there`);
    }
    this.launch = launch;
    const fifos = openFifos(launch.settings.stderr === 'forward');
    this.stderr = fifos.stderr;
    this.request = fifos.request;
    this.reply = fifos.reply;
    this.child = start(launch, fifos);
    try {
      this.hello = this.shakeHands(fifos.impatient);
    } catch (error) {
      this.end('it never started');
      throw error;
    } finally {
      closeSync(fifos.impatient);
    }
  }

  get pid(): number {
    return this.child.pid!;
  }

  /** Sends the request and waits for the whole reply. */
  call(op: Op, frame: Uint8Array, reply: Reply): void {
    if (this.over !== null) throw this.closed(op);
    const began = performance.now();
    this.stderr.tick(began);
    reply.expect(op);
    this.write(frame);
    for (let needed = reply.needed(); reply.received < needed; needed = reply.needed()) {
      const read = readSync(this.reply, reply.bytes, reply.received, reply.bytes.length - reply.received, null);
      if (read === 0) throw this.gone(op, began);
      reply.received += read;
    }
  }

  /** An answer that cannot be trusted ends the process. */
  distrust(why: string): PythonEnvError {
    const stderr = this.stderr.text();
    this.end(why);
    return new PythonEnvError('protocol', `Environment python/${this.launch.id} ${why}; its process was ended`, {
      stderr,
    });
  }

  /** Lets the environment close itself, then waits for the process to end. */
  close(frame: Uint8Array, reply: Reply): void {
    if (this.over !== null) return;
    try {
      this.call('close', frame, reply);
      while (readSync(this.reply, reply.bytes) > 0);
    } catch {
      // It is on its way out; how it fares there is nobody's concern.
    }
    this.end('close() was called');
  }

  /** Where nobody reads any more, the reply will tell. */
  private write(data: string | Uint8Array): void {
    const bytes = typeof data === 'string' ? Buffer.from(data) : data;
    try {
      for (let sent = 0; sent < bytes.length;) sent += writeSync(this.request, bytes, sent);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EPIPE') throw error;
    }
  }

  private shakeHands(impatient: number): Hello {
    const { settings } = this.launch;
    if (this.child.pid === undefined) throw noProgram(this.launch);
    this.write(firstLine(this.launch));
    const until = performance.now() + settings.startTimeout * 1000;
    const line = readLine(impatient, until);
    if (line === 'late') throw noAnswer(this.launch, null, this.stderr.text());
    if (line === 'ended') throw noAnswer(this.launch, howEnded(this.child), this.stderr.text());
    return helloOf(this.launch, line.text, this.stderr.text());
  }

  private gone(op: Op, began: number): PythonEnvError {
    const ended = howEnded(this.child);
    const late = performance.now() - began >= this.launch.settings.timeout * 1000 && /SIGALRM|ended$/.test(ended);
    const error = goneDuring(this.launch, op, ended, late, this.stderr.text());
    this.end(late ? `${op} took longer than ${this.launch.settings.timeout} s` : `its process ${ended}`);
    return error;
  }

  private closed(op: Op): PythonEnvError {
    return new PythonEnvError('closed', `Cannot ${op} python/${this.launch.id}: it is closed, ${this.over}`);
  }

  private end(why: string): void {
    if (this.over !== null) return;
    this.over = why;
    endGroup(this.child);
    closeSync(this.request);
    closeSync(this.reply);
    this.stderr.close();
    this.child.stdin?.destroy();
  }
}

/** The child gets its ends as 3 and 4; its stdin is the lifeline, which ends with this process. */
function start(launch: Launch, { theirs, stderr: { fd } }: Fifos): ChildProcess {
  const stdio = ['pipe', fd, fd, ...theirs] as const;
  // A group of its own: Ctrl-C is ours to handle, and endGroup reaches what the environment has started.
  const options = { stdio: [...stdio], detached: true, env: surroundings() };
  const child = spawn(programOf(launch.settings), argumentsOf(3, 4, 0), options);
  child.on('error', () => undefined); // pid says it already
  child.stdin?.on('error', () => undefined);
  endWhatIsLeft(child);
  child.unref();
  (child.stdin as Socket | null)?.unref();
  theirs.forEach(closeSync);
  return child;
}

/** A line, read without blocking. */
function readLine(fd: number, until: number): { text: string } | 'late' | 'ended' {
  const chunk = Buffer.alloc(1 << 16);
  let line = Buffer.alloc(0);
  while (performance.now() < until) {
    const read = tryRead(fd, chunk);
    if (read === 0) return 'ended';
    if (read === null) pause(1);
    else line = Buffer.concat([line, chunk.subarray(0, read)]);
    if (line.at(-1) === NEWLINE) return { text: line.toString().trimEnd() };
  }
  return 'late';
}

function tryRead(fd: number, into: Buffer): number | null {
  try {
    return readSync(fd, into);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return null;
    throw error;
  }
}
