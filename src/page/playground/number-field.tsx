/** A number that is taken when it is one, and within its bounds. */
import { useDraft } from '../parts/use-draft.ts';

interface NumberProps {
  readonly title: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly isWhole?: boolean;
  set(value: number): void;
}

export function NumberField({ title, value, min, max, isWhole = false, set }: NumberProps) {
  const [text, setText] = useDraft(String(value));
  return (
    <label class="field">
      <span>{title}</span>
      <input
        type="number"
        value={text}
        min={min}
        max={max}
        step={isWhole ? 1 : 'any'}
        onInput={({ currentTarget }) => setText(currentTarget.value)}
        onChange={({ currentTarget }) => {
          const next = currentTarget.valueAsNumber;
          const isFit = next >= min && next <= max && (!isWhole || Number.isInteger(next));
          if (isFit) set(next);
          else setText(String(value));
        }}
      />
    </label>
  );
}
