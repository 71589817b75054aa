import { UserError } from '../user-error.ts';

/** `--set agent.cell.columns=20` -> { agent: { cell: { columns: 20 } } }; values are JSON where they can be, else text. */
export function parseOverrides(assignments: readonly string[]): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  for (const assignment of assignments) {
    const at = assignment.indexOf('=');
    const path = assignment.slice(0, at).split('.');
    if (at < 1 || path.some((key) => key === '' || key === '__proto__')) {
      throw new UserError(`Cannot set "${assignment}": write path=value, such as agent.cell.columns=20`);
    }
    put(out, path, parseValue(assignment.slice(at + 1)));
  }
  return out;
}

/** The same for a command that knows `roots` alone: `--set cell.units=5`. */
export function parseRooted(assignments: readonly string[], roots: readonly string[]): Record<string, Options> {
  const parsed = parseOverrides(assignments);
  for (const [root, value] of Object.entries(parsed)) {
    if (roots.includes(root) && typeof value === 'object' && value !== null) continue;
    throw new UserError(`Cannot set "${root}": write ${roots.map((name) => `${name}.<option>=value`).join(' or ')}`);
  }
  return parsed as Record<string, Options>;
}
type Options = Record<string, unknown>;

function put(tree: Record<string, unknown>, path: readonly string[], value: unknown): void {
  let at = tree;
  for (const key of path.slice(0, -1)) {
    if (typeof at[key] !== 'object' || at[key] === null) at[key] = {};
    at = at[key] as Record<string, unknown>;
  }
  at[path.at(-1)!] = value;
}

function parseValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
