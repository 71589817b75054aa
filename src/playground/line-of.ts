/**
 * Where in the visitor's lines an error was thrown: the innermost place of a stack that lies in them. Chromium writes
 * `    at next (blob:https://host/id:3:7)`, Firefox and Safari `next@blob:https://host/id:3:7`; there is no standard.
 */
const PLACE = /^(?:\s+at .*?|[^@]*@.*?):(\d+):\d+\)?$/;

/** From 1; null: none of it lies in them. They begin on line `first` of the script. */
export function lineOf(stack: string, message: string, lines: number, first = 2): number | null {
  const from = stack.indexOf(message) + message.length; // what a message says is no place
  for (const entry of stack.slice(stack.includes(message) ? from : 0).split('\n')) {
    const [, at] = PLACE.exec(entry) ?? [];
    const line = Number(at) - first + 1;
    if (at !== undefined && line >= 1 && line <= lines) return line;
  }
  return null;
}
