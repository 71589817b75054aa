/** Machines that are run, inspected and serviced. */

/**
 * The space shuttle between two stations (Chrisman 1992): it has to back into the one that it visited less recently.
 * States: docked at the least, at the most recently visited; outside of each, facing it or not; in space, facing one.
 */
export const shuttle = `
discount: 0.95
values: reward
states: docked-least outside-most-facing space-facing-most outside-least-away outside-most-away space-facing-least
  outside-least-facing docked-most
actions: turn forward back
observations: see-least see-most docked-most nothing docked-least
start: docked-most

T: turn : docked-least : outside-most-facing 1
T: turn : docked-most : outside-most-facing 1
T: turn : outside-most-facing : outside-most-away 1
T: turn : outside-most-away : outside-most-facing 1
T: turn : outside-least-facing : outside-least-away 1
T: turn : outside-least-away : outside-least-facing 1
T: turn : space-facing-most : space-facing-least 1
T: turn : space-facing-least : space-facing-most 1

# Leaving a dock makes its station the most recently visited.
T: forward : docked-least : outside-most-away 1
T: forward : docked-most : outside-most-away 1
T: forward : outside-most-facing : outside-most-facing 1
T: forward : outside-least-facing : outside-least-facing 1
T: forward : space-facing-most : outside-most-facing 1
T: forward : space-facing-least : outside-least-facing 1
T: forward : outside-most-away : space-facing-least 1
T: forward : outside-least-away : space-facing-most 1

T: back : docked-least : docked-most 1
T: back : docked-most : docked-most 1
T: back : outside-least-away : docked-least 0.7
T: back : outside-least-away : outside-least-away 0.3
T: back : outside-most-away : docked-most 0.7
T: back : outside-most-away : outside-most-away 0.3
T: back : space-facing-most : outside-least-away 0.8
T: back : space-facing-most : space-facing-most 0.1
T: back : space-facing-most : outside-least-facing 0.1
T: back : space-facing-least : outside-most-away 0.8
T: back : space-facing-least : space-facing-least 0.1
T: back : space-facing-least : outside-most-facing 0.1
T: back : outside-most-facing : outside-most-facing 0.4
T: back : outside-most-facing : space-facing-most 0.3
T: back : outside-most-facing : outside-most-away 0.3
T: back : outside-least-facing : outside-least-facing 0.4
T: back : outside-least-facing : space-facing-least 0.3
T: back : outside-least-facing : outside-least-away 0.3

O: * : docked-least : docked-least 1
O: * : docked-most : docked-most 1
O: * : outside-most-facing : see-most 1
O: * : outside-least-facing : see-least 1
O: * : outside-most-away : nothing 1
O: * : outside-least-away : nothing 1
O: * : space-facing-most : see-most 0.7
O: * : space-facing-most : nothing 0.3
O: * : space-facing-least : see-least 0.7
O: * : space-facing-least : nothing 0.3

# Running into a station, and delivering.
R: forward : outside-most-facing : outside-most-facing : * -3
R: forward : outside-least-facing : outside-least-facing : * -3
R: back : outside-least-away : docked-least : * 10
`;

/** Painting parts (Kushmerick, Hanks & Weld 1995): ship the good ones painted, reject the flawed; paint hides blemishes. */
export const paint = `
discount: 0.95
values: reward
states: good good-painted flawed-painted flawed-blemished
actions: paint inspect ship reject
observations: unblemished blemished
start: 0.5 0 0 0.5

T: paint identity
T: paint : good
0.1 0.9 0 0
T: paint : flawed-blemished
0 0 0.9 0.1
T: inspect identity
T: ship : * reset
T: reject : * reset

O: * : * : unblemished 1
O: inspect : *
0.75 0.25
O: inspect : flawed-blemished
0.25 0.75

R: ship : * : * : * -1
R: ship : good-painted : * : * 1
R: reject : * : * : * -1
R: reject : flawed-blemished : * : * 1
R: reject : flawed-painted : * : * 0
`;

/** Loads 0, 20, .. 100 per cent and a crash; percentages of a change of so many steps of load. */
const changes: Readonly<Record<string, readonly string[]>> = {
  unrestrict: [
    '0.5 0.3 0.1 0.1 0 0 0',
    '0.2 0.3 0.3 0.1 0.1 0 0',
    '0.1 0.1 0.3 0.3 0.1 0.1 0',
    '0 0.1 0.1 0.3 0.3 0.1 0.1',
    '0 0 0.1 0.1 0.3 0.3 0.2',
    '0 0 0 0.1 0.1 0.3 0.5',
  ],
  steady: [
    '0.7 0.2 0.1 0 0 0 0',
    '0.3 0.4 0.2 0.1 0 0 0',
    '0.1 0.2 0.4 0.2 0.1 0 0',
    '0 0.1 0.2 0.4 0.2 0.1 0',
    '0 0 0.1 0.2 0.4 0.2 0.1',
    '0 0 0 0.1 0.2 0.4 0.3',
  ],
  restrict: [
    '0.8 0.1 0.1 0 0 0 0',
    '0.5 0.3 0.1 0.1 0 0 0',
    '0.2 0.3 0.3 0.1 0.1 0 0',
    '0.1 0.1 0.3 0.3 0.1 0.1 0',
    '0.1 0 0.1 0.3 0.3 0.1 0.1',
    '0 0.1 0 0.1 0.3 0.3 0.2',
  ],
};

/**
 * Network monitoring (Littman 1996): let the load of a network rise, for what it pays, without a crash. A load pays 20
 * for every 20 per cent above the first, a crash costs 20 at every step until a reboot, which costs 40.
 */
export function network(): string {
  const loads = ['0', '20', '40', '60', '80', '100'].map((load) => `load-${load}`);
  const matrix = (rows: readonly string[]): string => [...rows, '0 0 0 0 0 0 1'].join('\n');
  return [
    'discount: 0.95',
    'values: reward',
    `states: ${loads.join(' ')} crash`,
    'actions: unrestrict steady restrict reboot',
    'observations: up down',
    'start: uniform',
    ...Object.entries(changes).map(([action, rows]) => `T: ${action}\n${matrix(rows)}`),
    'T: reboot : * : load-0 1',
    // The chance that the network answers, falling with its load.
    ...[1, 1, 1, 0.9, 0.7, 0.5].map((up, i) => `O: * : ${loads[i]}\n${up} ${1 - up}`),
    'O: * : crash : down 1',
    ...loads.map((load, i) => `R: * : ${load} : * : * ${20 * (i - 1)}`),
    'R: * : crash : * : * -20',
    'R: reboot : * : * : * -40',
  ].join('\n');
}
