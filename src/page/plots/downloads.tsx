/** The three forms in which a picture can be taken home. */
import { save, savePng } from './save.ts';

export interface DownloadsProps {
  readonly name: string;
  readonly svg: () => string;
  readonly csv: () => string;
}

export function Downloads({ name, svg, csv }: DownloadsProps) {
  const file = name.replaceAll(/[^\w.-]+/g, '-');
  return (
    <span class="downloads" role="group" aria-label={`Download ${name}`}>
      <button type="button" onClick={() => save(`${file}.svg`, 'image/svg+xml', svg())}>
        SVG
      </button>
      <button type="button" onClick={() => void savePng(`${file}.png`, svg())}>
        PNG
      </button>
      <button type="button" onClick={() => save(`${file}.csv`, 'text/csv', csv())}>
        CSV
      </button>
    </span>
  );
}
