/** Whether values stand on a logarithmic axis. */
interface LogSwitchProps {
  readonly isLog: boolean;
  onChange(isLog: boolean): void;
}

export function LogSwitch({ isLog, onChange }: LogSwitchProps) {
  return (
    <label>
      <input type="checkbox" checked={isLog} onChange={(event) => onChange(event.currentTarget.checked)} /> logarithmic
    </label>
  );
}
