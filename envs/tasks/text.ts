/**
 * A text as a stream of characters, each to be foretold from those before it: any UTF-8 file of yours. Characters are code
 * points. The alphabet is what you write down, or with `auto` every character that comes `atLeast` times in the training
 * part, by code point; one more class, the last, stands for all others, however many they are (`unknown` counts them).
 *
 * part `train` is the text without its last `heldOut` share, `held-out` that share: the alphabet of both is one, so what
 * has learned on one can be measured on the other. crop T: an episode is T + 1 characters from a uniformly drawn place, and
 * asks for the T that follow its first (SnAp, Menick et al. 2021, takes sequences of 128). crop null: an episode is the
 * part from start to end. The last character of an episode terminates it, and asks for nothing.
 * metadata.bits, in bits per character: order0 and order1 of the tables that fit the part best (the conditional entropies
 * of its own counts, so a little less than a table learned elsewhere could reach); nobody knows the ideal.
 *
 * Observation [classes]: the character, one-hot. Target: the number of the next character. Convention (reward, value,
 * discount 0): streams/supervised.ts; value() is the number of a class. What was saved is loaded beside the same text only.
 * Where no file is named, a page of text/sample.ts is read. Draws: one integer per episode; none with crop null.
 */
import { z } from 'zod';
import { count } from '../conditioning/options.ts';
import type { EnvMetadata, Info, StepResult } from '../env.ts';
import { EnvError } from '../errors.ts';
import { defineEnv } from '../part.ts';
import { box, type Box } from '../spaces.ts';
import { Supervised, wait } from '../streams/supervised.ts';
import { alphabetOf, checkAlphabet, digest, encode, readText, tableBits } from '../text/encoded.ts';
import { sampleText } from '../text/sample.ts';

const none = -1; // nothing is asked for

const options = z.strictObject({
  path: z.string().default('').describe('the file; empty = a page of a sample'),
  alphabet: z.string().default('auto').describe('its characters in a row; auto = those of the training part'),
  atLeast: count(1, 1, 1_000_000, 'how often a character of alphabet auto comes in the training part'),
  crop: count(
    128,
    1,
    1_000_000_000,
    'characters asked for in an episode; null = the part from start to end',
  ).nullable(),
  part: z.enum(['train', 'held-out']).default('train').describe('what is read: the text but for its end, or its end'),
  heldOut: z.number().min(0).max(0.9).default(0.1).describe('share of the text that is held out'),
});
type Options = z.output<typeof options>;

export class TextStream extends Supervised {
  override readonly metadata: EnvMetadata;
  readonly observationSpace: Box;
  readonly actionSpace = wait;
  /** Characters of the part that are not in the alphabet. */
  readonly unknown: number;
  private readonly codes: Uint16Array;
  private readonly crop: number;
  private readonly size: number; // classes
  private readonly mark: number; // of this text
  private place = 0; // of the character shown
  private last = 0; // of the episode

  constructor({ path, alphabet, atLeast, crop, part, heldOut }: Options) {
    super();
    const whole = path === '' ? sampleText : readText(path);
    const [train, rest] = split(whole, heldOut);
    const characters = alphabet === 'auto' ? alphabetOf(train, atLeast) : [...alphabet];
    const classes = [...checkAlphabet(characters), '\uFFFD'];
    const encoded = encode(part === 'train' ? train : rest, characters);
    const { codes, unknown } = encoded;
    this.crop = crop ?? codes.length - 1;
    this.codes = codes;
    this.unknown = unknown;
    this.size = classes.length;
    this.checkLength(path, part);
    this.mark = digest(encoded, characters);
    const bits = { ...tableBits(codes), ideal: null };
    this.metadata = {
      id: 'text',
      cite: 'menick2021practical',
      discount: 0,
      floors: null,
      classes,
      bits,
      bringsTask: false,
    };
    this.observationSpace = box(0, 1, [classes.length]);
  }

  private checkLength(path: string, part: string): void {
    const { codes, crop } = this;
    if (codes.length > crop && crop > 0) return;
    const whose = path === '' ? 'of the sample' : `of ${path}`;
    throw new EnvError(
      `Cannot read the ${part} part ${whose}: it has ${codes.length} characters, and ${Math.max(crop, 1) + 1} are needed; take a smaller crop, or a longer text`,
    );
  }

  protected override restart(): void {
    const latest = this.codes.length - 1 - this.crop;
    this.place = (latest === 0 ? 0 : this.rng.integer(0, latest)) - 1;
    this.last = this.place + 1 + this.crop;
  }

  protected override next(observation: Float64Array): number {
    this.place++;
    const shown = this.codes[this.place];
    for (let k = 0; k < this.size; k++) observation[k] = k === shown ? 1 : 0;
    return this.place === this.last ? none : this.codes[this.place + 1]!;
  }

  protected override advance(action: number, out: StepResult): void {
    super.advance(action, out);
    if (this.target === none) out.terminated = true;
  }

  override value(): number {
    return this.target === none ? NaN : this.target;
  }

  protected override info(): Info {
    return { unknown: this.unknown };
  }

  protected override saveNumbers(): number[] {
    return [this.target, this.place, this.last, this.mark];
  }

  protected override loadNumbers([target, place, last, mark]: readonly number[]): void {
    if (mark !== this.mark) throw new EnvError('Cannot load text: it was saved while another text was read');
    this.target = target!;
    this.place = place!;
    this.last = last!;
  }
}

/** By characters, not by halves of them. */
function split(text: string, heldOut: number): [train: string, rest: string] {
  let at = Math.round(text.length * (1 - heldOut));
  const low = text.charCodeAt(at);
  if (low >= 0xdc00 && low <= 0xdfff) at++;
  return [text.slice(0, at), text.slice(at)];
}

export default defineEnv({
  cite: 'menick2021practical',
  summary: 'the characters of any text file, to be foretold one by one',
  options,
  create: (chosen) => new TextStream(chosen),
});
