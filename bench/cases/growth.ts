/** How a step of LSTM columns grows with its parameters, 1e3 to 1e6: in time, in counted operations, in bytes. */
import { median } from '../../src/statistics/median.ts';
import type { Effort } from '../effort.ts';
import { cacheBytes } from '../machine.ts';
import { progress } from '../progress.ts';
import { columns } from '../recipes.ts';
import { logSlope } from '../slope.ts';
import { takeTurns, warm } from '../timing.ts';
import { type Variant, variant } from '../variant.ts';

const INPUTS = 20;
const COLUMNS = [12, 24, 44, 92, 180, 360, 720, 1440, 2880, 5760, 11236]; // in fours: lines without padding

export interface GrowthPoint extends Pick<Variant, 'parameters' | 'memoryBytes' | 'cost'> {
  readonly columns: number;
  readonly nsPerStep: number;
  readonly level: 'L1' | 'L2' | ''; // the least that holds its lines, which a step walks through
}

export interface Growth {
  readonly points: readonly GrowthPoint[];
  readonly slopes: {
    readonly timeInL2: number; // points of level L2
    readonly timeToL2: number; // and of L1, where what a step costs anyway shows
    readonly time: number;
    readonly operations: number;
    readonly bytes: number;
  };
}

export async function growthCase(effort: Effort): Promise<Growth> {
  progress('cost growth, 1e3 to 1e6 parameters');
  const { l1, l2 } = cacheBytes();
  const counts = COLUMNS.filter((_, i) => !effort.isQuick || i % 2 === 0);
  const variants: Variant[] = [];
  for (const count of counts) variants.push(await variant(columns(count, 'td-lambda'), { inputSize: INPUTS }));
  const samples = takeTurns(
    variants.map((each) => warm(each, effort)),
    effort,
  );
  const points = variants.map(({ parameters, memoryBytes, cost }, i): GrowthPoint => {
    const lines = 16 * parameters;
    const level = lines <= l1 ? 'L1' : lines <= l2 ? 'L2' : '';
    return { columns: counts[i]!, parameters, memoryBytes, cost, nsPerStep: median(samples[i]!), level };
  });
  const slope = (of: (point: GrowthPoint) => number, among = points): number =>
    logSlope(
      among.map(({ parameters }) => parameters),
      among.map(of),
    );
  const time = ({ nsPerStep }: GrowthPoint): number => nsPerStep;
  return {
    points,
    slopes: {
      timeInL2: slope(
        time,
        points.filter(({ level }) => level === 'L2'),
      ),
      timeToL2: slope(
        time,
        points.filter(({ level }) => level !== ''),
      ),
      time: slope(time),
      operations: slope(({ cost }) => cost.macsPerStep),
      bytes: slope(({ cost }) => cost.bytes),
    },
  };
}
