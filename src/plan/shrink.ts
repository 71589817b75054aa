import type { AgentConfig } from '../agent.ts';

/** The same agent with fewer units: whatever its cell calls `units` or `columns`, layers included; null: it has neither. */
export function shrink(agent: AgentConfig, factor: number): AgentConfig | null {
  const cell = smaller(agent.cell, factor);
  return cell === agent.cell ? null : { ...agent, cell: cell as AgentConfig['cell'] };
}

const SIZES = new Set(['units', 'columns']);

function smaller<T>(value: T, factor: number): T {
  if (Array.isArray(value)) {
    const items = value.map((item: unknown) => smaller(item, factor));
    return items.some((item, i) => item !== value[i]) ? (items as T) : value;
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, at]: [string, unknown]) => {
    if (SIZES.has(key) && typeof at === 'number') return [key, Math.max(2, Math.round(at * factor))];
    return [key, smaller(at, factor)];
  });
  const made = Object.fromEntries(entries) as Record<string, unknown>;
  const changed = Object.entries(value).some(([key, at]: [string, unknown]) => made[key] !== at);
  return changed ? (made as T) : value;
}
