/** Comments of this repository as Markdown: indented lines are formulas and keep their form. */

/** The first comment of a file, without its stars. */
export function headerOf(text: string): string {
  const [, header = ''] = /^\/\*\*([\s\S]*?)\*\//.exec(text) ?? [];
  return header
    .split('\n')
    .map((line) => line.replace(/^ ?\*?( |$)/, ''))
    .join('\n')
    .trim();
}

/** Lines set in by two or more become a block of their own, unless they go on with an item of a list. */
export function legible(text: string): string {
  const out: string[] = [];
  let [inList, inBlock, inFence] = [false, false, false];
  for (const line of text.split('\n')) {
    if (/^\s*```/.test(line)) inFence = !inFence;
    if (/^\s*([-*]|\d+\.) /.test(line)) inList = true;
    else if (/^\S/.test(line)) inList = false;
    const formula = !inFence && !inList && /^ {2,}\S/.test(line);
    if (formula !== inBlock) out.push(formula ? '\n```text' : '```\n');
    inBlock = formula;
    out.push(line);
  }
  if (inBlock) out.push('```');
  return out.join('\n');
}
