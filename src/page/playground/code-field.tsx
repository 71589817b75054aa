/** The visitor's own lines, numbered; they run when the field is left, or at once by Ctrl+Enter. */
import { useRef } from 'preact/hooks';
import { useDraft } from '../parts/use-draft.ts';

interface CodeProps {
  readonly value: string;
  readonly wrongLine: number | null; // from 1; of the lines that ran
  set(code: string): void;
}

export function CodeField({ value, wrongLine, set }: CodeProps) {
  const [text, setText] = useDraft(value);
  const numbers = useRef<HTMLDivElement>(null);
  const take = (): void => {
    if (text !== value) set(text);
  };
  const wrong = text === value ? wrongLine : null; // what is being typed has not failed yet
  return (
    <div class="field code">
      <label for="own-lines">
        Your lines <span class="keys">run when you leave them, or by Ctrl+Enter</span>
      </label>
      <div class="lines">
        <div class="line-numbers" ref={numbers} aria-hidden="true">
          {text.split('\n').map((_, i) => (
            <div key={i} class={i + 1 === wrong ? 'wrong' : undefined}>
              {i + 1}
            </div>
          ))}
        </div>
        <textarea
          id="own-lines"
          rows={10}
          wrap="off"
          spellcheck={false}
          aria-invalid={wrong !== null}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
          onScroll={(event) => void (numbers.current!.scrollTop = event.currentTarget.scrollTop)}
          onBlur={take}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
            event.preventDefault();
            take();
          }}
        />
      </div>
    </div>
  );
}
