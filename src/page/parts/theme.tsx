/** Light, dark, or as the system has it; remembered in this browser. */
import { useEffect, useState } from 'preact/hooks';

const NAMES = ['auto', 'light', 'dark'] as const;
type Theme = (typeof NAMES)[number];
const KEY = 'agent-state.theme';

function stored(): Theme {
  try {
    const found = localStorage.getItem(KEY);
    return NAMES.find((name) => name === found) ?? 'auto';
  } catch {
    return 'auto'; // a browser may keep nothing
  }
}

export function ThemeSwitch() {
  const [theme, setTheme] = useState<Theme>(stored);
  useEffect(() => {
    if (theme === 'auto') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = theme;
    try {
      localStorage.setItem(KEY, theme);
    } catch {
      // It holds for this visit.
    }
    dispatchEvent(new Event('theme'));
  }, [theme]);
  return (
    <label class="theme">
      <span>Colours</span>
      <select value={theme} onChange={(event) => setTheme(event.currentTarget.value as Theme)}>
        {NAMES.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Whether it is dark at the moment; follows the switch and the system. */
export function useDark(): boolean {
  const [dark, setDark] = useState(isDark);
  useEffect(() => {
    const system = matchMedia('(prefers-color-scheme: dark)');
    const look = (): void => setDark(isDark());
    system.addEventListener('change', look);
    addEventListener('theme', look);
    return () => {
      system.removeEventListener('change', look);
      removeEventListener('theme', look);
    };
  }, []);
  return dark;
}

function isDark(): boolean {
  const { theme } = document.documentElement.dataset;
  return theme === undefined ? matchMedia('(prefers-color-scheme: dark)').matches : theme === 'dark';
}
