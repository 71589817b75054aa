/** Past the console: with --json, what code of the user's own logs goes to stderr (see main.ts). */
export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}
