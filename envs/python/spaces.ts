import { EnvError } from '../errors.ts';
import { type Element, type Space, spaceFromJSON } from '../spaces.ts';
import { Layout } from './layout.ts';
import type { SpaceSaid } from './protocol.ts';

/** The space that bridge.py described. */
export function spaceOf(id: string, { space, text }: SpaceSaid): Space<Element> {
  const act = `Cannot make environment python/${id}`;
  if (space === null) {
    throw new EnvError(`${act}: there is no space such as ${text} here; use AsyncPythonEnv, resetJson and stepJson`);
  }
  try {
    return spaceFromJSON(space);
  } catch (error) {
    throw error instanceof EnvError ? new EnvError(`${act}: ${text} has no space here: ${error.message}`) : error;
  }
}

/** A space, and how its elements travel. */
export class Carrier {
  /** null: as JSON. */
  readonly layout: Layout | null;
  private readonly made: Space<Element> | EnvError;

  constructor(id: string, said: SpaceSaid) {
    this.made = tried(() => spaceOf(id, said));
    this.layout = said.wires === null || this.made instanceof EnvError ? null : new Layout(this.made, said.wires);
  }

  /** Throws where there is none: what we have no space for can still be lived in JSON. */
  get space(): Space<Element> {
    if (this.made instanceof EnvError) throw this.made;
    return this.made;
  }
}

function tried<T>(make: () => T): T | EnvError {
  try {
    return make();
  } catch (error) {
    if (error instanceof EnvError) return error;
    throw error;
  }
}
