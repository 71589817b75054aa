/** A value as JSON, taken when it is some. */
import { useEffect, useState } from 'preact/hooks';
import { Problem } from '../parts/problem.tsx';
import { useDraft } from '../parts/use-draft.ts';

interface JsonProps {
  readonly title: string;
  readonly value: object;
  set(value: Record<string, unknown>): void;
}

export function JsonField({ title, value, set }: JsonProps) {
  const shown = JSON.stringify(value, null, 2);
  const [text, setText] = useDraft(shown);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => setProblem(null), [shown]);
  const take = (): void => {
    if (text === shown) return;
    try {
      const next: unknown = JSON.parse(text);
      if (typeof next !== 'object' || next === null || Array.isArray(next)) throw new Error('it is not an object');
      set(next as Record<string, unknown>);
    } catch (error) {
      setProblem(`${title}: ${(error as Error).message}`);
    }
  };
  return (
    <label class="field code">
      <span>{title}</span>
      <textarea
        rows={Math.min(18, shown.split('\n').length)}
        spellcheck={false}
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
        onBlur={take}
      />
      <Problem text={problem} />
    </label>
  );
}
