import { closeSync, fstatSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';

const KEPT = 1 << 16; // bytes kept for error messages
const LONG = 1 << 20; // bytes at which the file starts again
const EVERY = 250; // milliseconds between two looks

/**
 * What a child writes to stderr while our event loop stands still: a pipe that nobody empties would stop it, so it
 * writes to a file, which has no name any more and is gone with the last of us.
 */
export class StderrFile {
  readonly fd: number;
  private readonly forward: boolean;
  private at = 0;
  private kept = Buffer.alloc(0);
  private looked = performance.now();

  constructor(path: string, forward: boolean) {
    this.fd = openSync(path, 'a+', 0o600);
    this.forward = forward;
  }

  /** Called at every step: looks now and then. */
  tick(now: number): void {
    if (now - this.looked > EVERY) this.drain();
  }

  /** Reads what is new; forwards it. */
  drain(): void {
    this.looked = performance.now();
    const { size } = fstatSync(this.fd);
    if (size <= this.at) return;
    const fresh = Buffer.alloc(size - this.at);
    this.at += readSync(this.fd, fresh, 0, fresh.length, this.at);
    if (this.forward) forward(fresh);
    this.kept = Buffer.concat([this.kept, fresh]).subarray(-KEPT);
    if (this.at < LONG) return;
    ftruncateSync(this.fd, 0);
    this.at = 0;
  }

  /** The last that was written. */
  text(): string {
    this.drain();
    return this.kept.toString();
  }

  close(): void {
    this.drain();
    closeSync(this.fd);
  }
}

export function forward(text: Uint8Array): void {
  try {
    writeSync(2, text);
  } catch {
    // Our own stderr is full or closed: no reason to stop an experiment.
  }
}
