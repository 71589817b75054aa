/** A number that is taken when it is one, and within its bounds. */
interface NumberProps {
  readonly title: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly isWhole?: boolean;
  set(value: number): void;
}

export function NumberField({ title, value, min, max, isWhole = false, set }: NumberProps) {
  return (
    <label class="field">
      <span>{title}</span>
      <input
        type="number"
        value={value}
        min={min}
        max={max}
        step={isWhole ? 1 : 'any'}
        onChange={({ currentTarget }) => {
          const next = currentTarget.valueAsNumber;
          const isFit = next >= min && next <= max && (!isWhole || Number.isInteger(next));
          if (isFit) set(next);
          else currentTarget.value = String(value);
        }}
      />
    </label>
  );
}
