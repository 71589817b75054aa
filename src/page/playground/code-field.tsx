/** The visitor's own lines; they run when the field is left, or at once by Ctrl+Enter. */
import { useDraft } from '../parts/use-draft.ts';

interface CodeProps {
  readonly value: string;
  set(code: string): void;
}

export function CodeField({ value, set }: CodeProps) {
  const [text, setText] = useDraft(value);
  const take = (): void => {
    if (text !== value) set(text);
  };
  return (
    <label class="field code">
      <span>
        Your lines <span class="keys">run when you leave them, or by Ctrl+Enter</span>
      </span>
      <textarea
        rows={9}
        spellcheck={false}
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
        onBlur={take}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          take();
        }}
      />
    </label>
  );
}
