import { box, createRng, dict, discrete, flatten, multiBinary, spaceFromJSON, text, unflatten } from '../../index.ts';

export const space = dict({ place: box(-1, 1, [2]), colour: discrete(3), keys: multiBinary(2), word: text(4) });
const mask = { place: null, colour: [1, 0, 1], keys: [2, 1], word: [3, null] }; // two colours, second key down, 3 letters
export const seen = space.sample(createRng(1), { mask });
export const place: Float64Array = seen.place; // elements have types
export const flat = flatten(space, seen); // 11 numbers: colour (one-hot), keys, place, word: the order of the keys
export const again = unflatten(space, flat); // what was seen
export const copy = spaceFromJSON(JSON.parse(JSON.stringify(space))); // the same space
