import { tokenise } from './tokens.js';

/** Words that shops use for the same thing. A file given in the configuration adds to them, in the same form. */
const BUILT_IN = `
tv, television, televisions, fernseher, телевизор
headphone, headphones, headset, earphones
earbud, earbuds, in-ear
fridge, refrigerator, refrigerators
laptop, laptops, notebook, notebooks
phone, smartphone, cellphone, mobile phone
hdd, hard drive, hard disk
ssd, solid state drive
ps5, playstation 5
ps4, playstation 4
cam, camera, cameras
colour, color
grey, gray
wifi, wi-fi, wlan
bluetooth, bt
blk, black
wht, white
`;

/** Groups of words or phrases that mean the same. */
export type Synonyms = readonly (readonly string[])[];

/** From a word or phrase (its words joined by spaces) to the other members of its groups, each as its words. */
export type SynonymTable = ReadonlyMap<string, string[][]>;

/**
 * Reads groups of synonyms: one group a line, members separated by commas, `#` starts a comment. Words may stand in
 * several groups; every member finds every other.
 */
export function parseSynonyms(text: string): string[][] {
  return text
    .split(/\r?\n/)
    .map((line) =>
      line
        .replace(/#.*/, '')
        .split(',')
        .map((member) => member.trim())
        .filter(Boolean),
    )
    .filter((group) => group.length > 1);
}

export function synonymsOf(extra: Synonyms = []): SynonymTable {
  const found = new Map<string, string[][]>();
  for (const group of [...parseSynonyms(BUILT_IN), ...extra]) {
    const members = group
      .map((member) => tokenise(member).map((token) => token.text))
      .filter((words) => words.length > 0);
    for (const member of members) {
      const name = member.join(' ');
      const others = members.filter((other) => other !== member && other.join(' ') !== name);
      found.set(name, [...(found.get(name) ?? []), ...others]);
    }
  }
  return found;
}
