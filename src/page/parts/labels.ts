/** Labels of settings, said no longer than they must be where they stand beside each other. */

/** What the server calls them all, without the first word where it is the same in each of several. */
export function withoutCommon(labels: readonly string[]): string[] {
  const first = labels[0]?.split(' ')[0] ?? '';
  const isCommon = labels.every((label) => label === first || label.startsWith(`${first} `));
  return isCommon && new Set(labels).size > 1
    ? labels.map((label) => label.slice(first.length + 1) || first)
    : [...labels];
}

interface Named {
  readonly id: string;
  readonly seed: string | number;
}

/** Of runs, by the labels of their settings: rule.alpha=0.01 seed 2. */
export function runLabels(runs: readonly Named[], settings: readonly string[]): string[] {
  const isOneSetting = new Set(settings).size < 2;
  const named = withoutCommon(settings).map((label, i) => {
    const seed = `seed ${runs[i]!.seed}`;
    return isOneSetting ? seed : `${label} ${seed}`;
  });
  const twice = new Set(named.filter((label, i) => named.indexOf(label) !== i));
  return named.map((label, i) => (twice.has(label) ? `${label} (${runs[i]!.id.split('/')[0]})` : label));
}
