/** A log destination that keeps its lines. */
export function memory(): { write(line: string): void; records(): Record<string, unknown>[]; text(): string } {
  const lines: string[] = [];
  return {
    write: (line) => void lines.push(line),
    records: () => lines.map((line) => JSON.parse(line) as Record<string, unknown>),
    text: () => lines.join(''),
  };
}
