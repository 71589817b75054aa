/** Pictures that commands left beside the results, with their data. */
import { useEffect } from 'preact/hooks';
import type { Picture } from '../../dashboard/protocol.ts';
import { escaped } from '../route.ts';
import { useResource } from '../use-resource.ts';

interface PicturesProps {
  readonly path: string;
  readonly beats: number;
}

export function Pictures({ path, beats }: PicturesProps) {
  const { value, reload } = useResource<Picture[]>(path);
  useEffect(() => (beats > 0 ? reload() : undefined), [beats, reload]);
  if (!value || value.length === 0) return null;
  return (
    <section aria-labelledby="pictures">
      <h2 id="pictures">Pictures</h2>
      <div class="pictures">
        {value.map((picture) => (
          <figure key={picture.path} class="plot">
            <figcaption>
              <span class="plot-title">{picture.name}</span>
              <span class="downloads">
                <a class="button" href={`/files/${escaped(picture.path)}`} download>
                  {picture.path.split('.').at(-1)?.toUpperCase()}
                </a>
                {picture.csv !== null && (
                  <a class="button" href={`/files/${escaped(picture.csv)}`} download>
                    CSV
                  </a>
                )}
              </span>
            </figcaption>
            <a class="picture" href={`/files/${escaped(picture.path)}`} title="in full size">
              <img src={`/files/${escaped(picture.path)}?${picture.changed}`} alt={picture.name} loading="lazy" />
            </a>
          </figure>
        ))}
      </div>
    </section>
  );
}
