/** What the benchmark is at, on stderr: stdout is for the answer. */
export function progress(line: string): void {
  process.stderr.write(`${line}\n`);
}
