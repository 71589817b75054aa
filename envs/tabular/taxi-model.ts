/** The taxi's town and its laws, as a decision process of 500 states. */
import { uniformOver } from './categorical.ts';
import { neighbour } from './grid.ts';
import type { Direction } from './grid.ts';
import type { Model, Outcome } from './tabular-task.ts';

/** Between two cells of a row stands ':' where the taxi can pass and '|' where it cannot. */
const town = ['R: | : :G', ' : | : : ', ' : : : : ', ' | : | : ', 'Y| : |B: '];
const size = { rows: 5, columns: 5 };
const places = [0, 4, 20, 23]; // cells of R, G, Y, B
const inTaxi = 4;
const south: Direction = [1, 0];
const north: Direction = [-1, 0];
const east: Direction = [0, 1];
const west: Direction = [0, -1];
/** Per action: the way, its left and its right. */
const ways: readonly (readonly [Direction, Direction, Direction])[] = [
  [south, east, west],
  [north, west, east],
  [east, north, south],
  [west, south, north],
];

export interface TaxiState {
  readonly row: number;
  readonly column: number;
  readonly passenger: number;
  readonly destination: number;
}

export function decode(state: number): TaxiState {
  const cell = cellOf(state);
  return { row: Math.floor(cell / 5), column: cell % 5, passenger: passengerOf(state), destination: state % 4 };
}

export function withDestination(state: number, destination: number): number {
  return state - (state % 4) + destination;
}

/** `straight` is the probability of going as told in the rain; null where it is dry. */
export function taxiModel(straight: number | null): Model {
  return {
    states: 500,
    actions: 6,
    start: uniformOver(Array.from({ length: 500 }, (_, s) => passengerOf(s) < inTaxi && passengerOf(s) !== s % 4)),
    outcomes(state, action) {
      if (action === 4) return [pickUp(state)];
      if (action === 5) return [dropOff(state)];
      return straight === null ? [outcome(drive(state, ways[action]![0]))] : drift(state, action, straight);
    },
  };
}

/** 1 for each action that changes the state, by whichever way it goes in the rain. */
export function actionMask(state: number): Int8Array {
  const isTold = (way: readonly [Direction, ...unknown[]]): boolean => drive(state, way[0]) !== state;
  const changes = [...ways.map(isTold), pickUp(state).next !== state, dropOff(state).next !== state];
  return Int8Array.from(changes, Number);
}

/** Gymnasium's order: as told, left, right. A way that is barred is not left sideways either. */
function drift(state: number, action: number, straight: number): Outcome[] {
  const isBarred = drive(state, ways[action]![0]) === state;
  return ways[action]!.map((way, i) => ({
    ...outcome(isBarred ? state : drive(state, way)),
    probability: i === 0 ? straight : (1 - straight) / 2,
  }));
}

function drive(state: number, way: Direction): number {
  const cell = cellOf(state);
  const gate = way[1] === 0 ? ':' : town[Math.floor(cell / 5)]![2 * (cell % 5) + way[1]];
  return gate === ':' ? encode(neighbour(size, cell, way), passengerOf(state), state % 4) : state;
}

function pickUp(state: number): Outcome {
  const passenger = passengerOf(state);
  const isHere = passenger < inTaxi && places[passenger] === cellOf(state);
  return isHere ? outcome(encode(cellOf(state), inTaxi, state % 4)) : outcome(state, -10);
}

function dropOff(state: number): Outcome {
  const place = places.indexOf(cellOf(state));
  if (passengerOf(state) !== inTaxi || place < 0) return outcome(state, -10);
  const next = encode(cellOf(state), place, state % 4);
  return place === state % 4 ? { ...outcome(next, 20), terminated: true } : outcome(next);
}

function outcome(next: number, reward = -1): Outcome {
  return { probability: 1, next, reward, terminated: false };
}

function encode(cell: number, passenger: number, destination: number): number {
  return (cell * 5 + passenger) * 4 + destination;
}
function cellOf(state: number): number {
  return Math.floor(state / 20);
}
function passengerOf(state: number): number {
  return Math.floor(state / 4) % 5;
}

/** The town with the taxi in brackets, and what the passenger wants. */
export function drawTaxi(state: number): string {
  const { row, column, passenger, destination } = decode(state);
  const lines = town.map((line, r) => {
    const cells = [...` ${line} `];
    if (r === row) [cells[2 * column], cells[2 * column + 2]] = ['[', ']'];
    return `|${cells.join('')}|`;
  });
  const where = passenger === inTaxi ? 'in the taxi' : `at ${'RGYB'[passenger]}`;
  return [...lines, `passenger ${where}, to ${'RGYB'[destination]}`].join('\n');
}
