/** What this package throws on bad input: one line that names the act, the value, and what would do. */
export class EnvError extends Error {
  /** By which programs tell errors apart. */
  override readonly name = 'EnvError';
}
