/** Which direction is good: returns are better the higher, errors the lower. Never guessed, always said by the caller. */
export type Better = 'higher' | 'lower';
