import { spawn } from 'node:child_process';

export interface Answer {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program of the system to its end; null where there is no such program. */
export function askProgram(program: string, args: readonly string[]): Promise<Answer | null> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('error', () => resolve(null));
    child.on('close', (code) => resolve({ code, stdout, stderr: stderr.trim() }));
  });
}
