import { type ChildProcess, spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import { endGroup, endWhatIsLeft, howEnded } from './how-ended.ts';
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
import { forward } from './stderr-file.ts';

const KEPT = 1 << 16; // characters of stderr
const GRACE = 500; // milliseconds that the child's own clock gets before ours: its last words tell where it hung
const DREGS = 100; // milliseconds for what was written before the end

/** A bridge process asked over its stdin and stdout; calls are promises, one under way at a time. Works everywhere. */
export class StdioChannel {
  readonly hello: Hello;
  private readonly launch: Launch;
  private readonly child: Child;
  private over: string | null = null;

  static async open(launch: Launch): Promise<StdioChannel> {
    const child = new Child(launch);
    try {
      return new StdioChannel(launch, child, await child.shakeHands());
    } catch (error) {
      child.end();
      throw error;
    }
  }

  private constructor(launch: Launch, child: Child, hello: Hello) {
    this.launch = launch;
    this.child = child;
    this.hello = hello;
  }

  get pid(): number {
    return this.child.process.pid!;
  }

  async call(op: Op, frame: Uint8Array, reply: Reply): Promise<void> {
    const { launch, child } = this;
    if (this.over !== null) {
      throw new PythonEnvError('closed', `Cannot ${op} python/${launch.id}: it is closed, ${this.over}`);
    }
    reply.expect(op);
    child.write(frame);
    const { timeout } = launch.settings;
    const outcome = await child.receive(timeout * 1000 + (process.platform === 'win32' ? 0 : GRACE), (chunk) => {
      for (let at = 0; at < chunk.length;) {
        const end = Math.min(chunk.length, at + reply.needed() - reply.received);
        reply.bytes.set(chunk.subarray(at, end), reply.received);
        reply.received += end - at;
        if (end === at) break;
        at = end;
      }
      return reply.received >= reply.needed();
    });
    if (outcome === 'done') return;
    const ended = howEnded(child.process);
    const late = outcome === 'late' || /SIGALRM/.test(ended);
    this.end(late ? `${op} took longer than ${timeout} s` : `its process ${ended}`);
    throw goneDuring(launch, op, ended, late, child.stderr);
  }

  distrust(why: string): PythonEnvError {
    this.end(why);
    const said = `Environment python/${this.launch.id} ${why}; its process was ended`;
    return new PythonEnvError('protocol', said, { stderr: this.child.stderr });
  }

  async close(frame: Uint8Array, reply: Reply): Promise<void> {
    if (this.over !== null) return;
    try {
      await this.call('close', frame, reply);
      await this.child.receive(this.launch.settings.timeout * 1000, () => false);
    } catch {
      // It is on its way out; how it fares there is nobody's concern.
    }
    this.end('close() was called');
  }

  private end(why: string): void {
    this.over ??= why;
    this.child.end();
  }
}

/** The process, and what comes from it. */
class Child {
  readonly process: ChildProcess;
  stderr = '';
  private readonly launch: Launch;
  private early = Buffer.alloc(0); // came while nobody was waiting
  private take: ((chunk: Buffer) => void) | null = null;
  private isOver = false;
  private whenOver: () => void = () => undefined;

  constructor(launch: Launch) {
    this.launch = launch;
    const lifeline = process.platform === 'win32' ? -1 : 3;
    // Its own group on POSIX: Ctrl-C is ours to handle, and `end` reaches what the environment has started.
    const options = { detached: lifeline >= 0, windowsHide: true, env: surroundings() } as const;
    const child = spawn(programOf(launch.settings), argumentsOf(0, 1, lifeline), {
      stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
      ...options,
    });
    this.process = child;
    child.on('error', () => this.finish());
    // After the exit and the last byte of every stream; what the environment has started may keep stderr open.
    child.on('close', () => this.finish());
    endWhatIsLeft(child);
    child.on('exit', () => setTimeout(() => this.finish(), DREGS));
    child.stdin!.on('error', () => undefined); // EPIPE: `close` follows
    child.stdio[3]!.on('error', () => undefined);
    child.stdout!.on('data', (chunk: Buffer) => {
      if (this.take) this.take(chunk);
      else this.early = Buffer.concat([this.early, chunk]);
    });
    child.stderr!.on('data', (chunk: Buffer) => {
      this.stderr = (this.stderr + chunk.toString()).slice(-KEPT);
      if (launch.settings.stderr === 'forward') forward(chunk);
    });
    // An idle environment must not keep the program alive; a call under way does, by its timer.
    child.unref();
    for (const stream of child.stdio) (stream as Socket | null)?.unref();
  }

  async shakeHands(): Promise<Hello> {
    const { launch } = this;
    if (this.process.pid === undefined) throw noProgram(launch);
    this.write(firstLine(launch));
    let line = '';
    const outcome = await this.receive(launch.settings.startTimeout * 1000, (chunk) => {
      line += chunk.toString();
      return line.endsWith('\n');
    });
    if (outcome === 'done') return helloOf(launch, line.trimEnd(), this.stderr);
    throw noAnswer(launch, outcome === 'late' ? null : howEnded(this.process), this.stderr);
  }

  write(data: string | Uint8Array): void {
    // The frame is used again for the next request, which is made after the answer to this one.
    if (!this.isOver) this.process.stdin!.write(data);
  }

  /** Feeds what comes to `take` until that says enough, time is up, or the process is gone. */
  receive(milliseconds: number, take: (chunk: Buffer) => boolean): Promise<'done' | 'late' | 'over'> {
    return new Promise((resolve) => {
      const settle = (outcome: 'done' | 'late' | 'over'): void => {
        clearTimeout(timer);
        this.take = null;
        this.whenOver = () => undefined;
        resolve(outcome);
      };
      const timer = setTimeout(() => settle('late'), Math.min(milliseconds, 2 ** 31 - 1));
      this.whenOver = () => settle('over');
      this.take = (chunk) => {
        if (take(chunk)) settle('done');
      };
      const { early } = this;
      this.early = Buffer.alloc(0);
      if (early.length > 0) this.take(early);
      else if (this.isOver) settle('over');
    });
  }

  end(): void {
    endGroup(this.process);
    for (const stream of this.process.stdio) stream?.destroy();
  }

  private finish(): void {
    this.isOver = true;
    this.whenOver();
  }
}
