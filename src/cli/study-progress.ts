/** How far a study is: one line that moves on a terminal, elsewhere a plain line every ten seconds. */
interface Terminal {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

export interface StudyProgress {
  onMeasured(): void;
  end(): void;
}

const REDRAW = 200; // milliseconds between two pictures of the moving line
const REPEAT = 10_000; // milliseconds between two plain lines

/** `total` measurements, of which `left` are still to be made. */
export function createStudyProgress(total: number, left: number, out: Terminal, quiet: boolean): StudyProgress {
  const began = performance.now();
  const before = total - left;
  let done = 0;
  let said = began;
  if (!quiet && before > 0) out.write(`${before} of ${total} were measured before, by the same code\n`);
  return {
    onMeasured() {
      done++;
      const now = performance.now();
      if (quiet || now - said < (out.isTTY ? REDRAW : REPEAT)) return;
      said = now;
      const seconds = Math.ceil(((now - began) / done) * (left - done) * 1e-3);
      const line = `${before + done}/${total} measured  ${seconds} s left`;
      out.write(out.isTTY ? `\r\x1b[K${line}` : `${line}\n`);
    },
    end() {
      if (!quiet && out.isTTY) out.write('\r\x1b[K');
    },
  };
}
