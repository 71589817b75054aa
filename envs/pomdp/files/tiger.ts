/** The tiger problem (Kaelbling, Littman & Cassandra 1998): listen for -1, right 85 times in 100, or open a door. */

/** Opening a door puts the tiger behind a random one; nothing is learned from the sound then. */
export const tiger = `
discount: 0.95
values: reward
states: left right
actions: listen open-left open-right
observations: hear-left hear-right
start: uniform

T: * uniform
T: listen identity
O: * uniform
O: listen : left
0.85 0.15
O: listen : right
0.15 0.85

R: listen : * : * : * -1
R: open-left : left : * : * -100
R: open-left : right : * : * 10
R: open-right : left : * : * 10
R: open-right : right : * : * -100
`;

/** Opening a door ends it; the start looks like itself, and every later moment of listening is a hint. */
export const tigerAltStart = `
discount: 0.95
values: reward
states: left-start right-start left right end
actions: listen open-left open-right
observations: start hear-left hear-right end
start include: left-start right-start

T: * : * : end 1
T: listen : left-start
0 0 1 0 0
T: listen : left
0 0 1 0 0
T: listen : right-start
0 0 0 1 0
T: listen : right
0 0 0 1 0

O: * : left-start : start 1
O: * : right-start : start 1
O: * : left
0 0.85 0.15 0
O: * : right
0 0.15 0.85 0
O: * : end : end 1

R: listen : * : * : * -1
R: open-left : * : * : * 10
R: open-left : left-start : * : * -100
R: open-left : left : * : * -100
R: open-right : * : * : * 10
R: open-right : right-start : * : * -100
R: open-right : right : * : * -100
R: * : end : * : * 0
`;
