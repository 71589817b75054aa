/** What is being typed, apart from what holds: a page that is drawn anew meanwhile does not take it away. */
import { useEffect, useState } from 'preact/hooks';

/** [text, its setter]; the text is `shown` again whenever that changes. */
export function useDraft(shown: string): [string, (text: string) => void] {
  const [text, setText] = useState(shown);
  useEffect(() => setText(shown), [shown]);
  return [text, setText];
}
