/** A few paragraphs for whoever names no file: long enough for both parts, short enough to be read. */
export const sampleText = `A lamp stands at the end of the harbour wall. Every evening somebody climbs the stairs, counts the boats that have come in, and lights it. Nobody remembers who began with this. The wall is old, the stairs are older, and the lamp has been changed three times since the stairs were made.

On some evenings one boat is missing. Then the lamp burns longer, and whoever has lit it waits beside it with a pot of tea and a book, and looks up at every page. Most boats that are late have only been slow. The wind drops, the nets are heavy, a rope is caught in a stone, and the crew rows home in the dark, tired and hungry, by the light on the wall.

The children of the town learn to count on boats. One boat, two boats, three boats: the red one, the green one, and the one without a name. They learn to read on the signs of the market, and to tell the weather from the colour of the hills. When the hills are grey it rains tomorrow; when they are blue it rains on the day after; when they cannot be seen it rains today.

Once a stranger asked why the lamp was not lit by a clock. "A clock can count hours," said the woman who was on the stairs that evening, "but it cannot count boats. And it would not wait." The stranger thought about it, helped her to carry the oil, and stayed for a week. Some say it was a month. The lamp burns as it did before, and the boats come in, one boat, two boats, three boats, and the one without a name is always the last.
`;
