import { foldText } from './fold.js';

/** English name of a colour, then its spellings: abbreviations and German, French, Spanish, Italian, Dutch, Portuguese, Polish, Swedish, Russian, Ukrainian, Greek, Hebrew. Folded. */
const TABLE: Record<string, string> = {
  black:
    'blk bk schwarz schwarzer schwarze noir noire negro negra nero nera zwart zwarte preto preta czarny czarna svart sort musta черный черная черное чорний μαυρο μαυρος שחור שחורה',
  white:
    'wht wh weiss weisser weisse weis blanc blanche blanco blanca bianco bianca wit witte branco branca bialy biala vit hvid hvit белый белая белое білий λευκο ασπρο לבן לבנה',
  grey: 'gray gry grau graue gris grigio grigia grijs cinza szary szara gra серый серая сірий γκρι אפור אפורה',
  silver: 'slv silber argent plata plateado argento zilver prata srebrny серебристый серебро сріблястий ασημι כסף כסוף',
  gold: 'golden gld dore or dorado oro dorato goud ouro zloty guld золотой золотистый χρυσο זהב זהוב',
  red: 'rd rot roter rote rouge rojo roja rosso rossa rood rode vermelho vermelha czerwony czerwona rod красный красная червоний κοκκινο אדום אדומה',
  blue: 'blu bl blau blaue bleu bleue azul blauw blauwe niebieski niebieska bla синий синяя синій μπλε כחול כחולה',
  green:
    'grn gn grun grune vert verte verde groen groene zielony zielona gron gronn зеленый зеленая зелений πρασινο ירוק ירוקה',
  yellow:
    'ylw yel gelb gelbe jaune amarillo amarilla giallo gialla geel gele amarelo amarela zolty zolta gul желтый желтая жовтий κιτρινο צהוב צהובה',
  orange: 'orng naranja arancione oranje laranja pomaranczowy оранжевый помаранчевий πορτοκαλι כתום כתומה',
  pink: 'pnk rosa rose roze rosado rozowy розовый рожевий ροζ ורוד ורודה',
  purple: 'prpl lila violett morado purpura viola paars roxo fioletowy lilla фиолетовый фіолетовий μωβ סגול סגולה',
  violet: 'violeta violette',
  brown: 'brn braun braune brun brune marron marrone bruin castanho brazowy коричневый коричневий καφε חום חומה',
  beige: 'bez бежевый бежевий μπεζ בז',
  turquoise: 'turkis turquesa turchese бирюзовый תורכיז טורקיז',
  transparent: 'clear klar durchsichtig transparente trasparente doorzichtig прозрачный שקוף',
  multicolour: 'multicolor multi multicoloured multicolored mehrfarbig bunt multicolore разноцветный צבעוני',
  dark: 'dk drk dunkel fonce oscuro oscura scuro donker escuro ciemny темный темно כהה',
  light: 'lt lgt hell clair claro clara chiaro licht jasny ljus светлый светло בהיר',
  navy: 'marine marineblau marino',
};

const BASES: ReadonlySet<string> = new Set(
  Object.keys(TABLE).filter((name) => name !== 'dark' && name !== 'light' && name !== 'navy'),
);

/** The plain colour of a shade that has its own word. */
const SHADES: Record<string, string> = {
  navy: 'blue',
  anthracite: 'grey',
  anthrazit: 'grey',
  graphite: 'grey',
  charcoal: 'grey',
  gunmetal: 'grey',
  slate: 'grey',
  titanium: 'grey',
  platinum: 'silver',
  chrome: 'silver',
  ivory: 'white',
  cream: 'white',
  pearl: 'white',
  crimson: 'red',
  scarlet: 'red',
  burgundy: 'red',
  maroon: 'red',
  cherry: 'red',
  magenta: 'pink',
  fuchsia: 'pink',
  coral: 'orange',
  copper: 'brown',
  bronze: 'brown',
  chocolate: 'brown',
  tan: 'beige',
  khaki: 'green',
  olive: 'green',
  lime: 'green',
  mint: 'green',
  teal: 'turquoise',
  aqua: 'turquoise',
  cyan: 'turquoise',
  indigo: 'blue',
  sky: 'blue',
  cobalt: 'blue',
  sapphire: 'blue',
  lavender: 'purple',
  lilac: 'purple',
  violet: 'purple',
  champagne: 'gold',
};

const names = new Map<string, string>();
for (const [name, spellings] of Object.entries(TABLE)) {
  names.set(name, name);
  for (const spelling of spellings.split(' ')) names.set(foldText(spelling), name);
}

/** German and Dutch write shades as one word: "dunkelblau", "hellgrau", "donkergroen". */
const COMPOUND = /^(dunkel|hell|donker|licht|темно|светло)(\p{L}{3,})$/u;
const PARTS = /\s*(?:\/|,|&|\+|\||;|\s-\s|(?<=\s)(?:and|und|et|y|e|en|с|и)(?=\s))\s*/;
const NOISE = /[^\p{L}\p{N}]+/gu;
const FILLER = new Set(['colour', 'color', 'farbe', 'couleur', 'цвет', 'צבע', 'colore', 'kleur', 'finish']);

function normalisePart(part: string): string {
  const words: string[] = [];
  for (const word of part.replace(NOISE, ' ').trim().split(' ')) {
    const compound = names.has(word) ? null : COMPOUND.exec(word);
    const base = compound === null ? undefined : names.get(compound[2]!);
    if (compound !== null && base !== undefined) words.push(names.get(compound[1]!) ?? '', base);
    else if (!FILLER.has(word)) words.push(names.get(word) ?? word);
  }
  return words.join(' ').trim();
}

/**
 * A colour in one spelling: words of a dozen languages in English, "gray" and "grey" one, several colours sorted and joined by "/".
 * Shades stay apart: "Midnight Black" → "midnight black", "dunkelblau" → "dark blue", "Rot/Schwarz" → "black/red". Empty for empty text.
 */
export function normaliseColour(text: string): string {
  const folded = foldText(text);
  const exact = names.get(folded);
  if (exact !== undefined) return exact;
  const parts = folded
    .split(PARTS)
    .map(normalisePart)
    .filter((part) => part !== '');
  return [...new Set(parts)].sort().join('/');
}

/** The plain colours in a colour's text, sorted: "midnight black" → ["black"], "navy/white" → ["blue", "white"]; empty when none is known. */
export function baseColours(text: string): string[] {
  const out = new Set<string>();
  for (const word of normaliseColour(text).split(/[ /]/)) {
    if (SHADES[word] !== undefined) out.add(SHADES[word]);
    else if (BASES.has(word)) out.add(word);
  }
  return [...out].sort();
}
