/** Words that tell products of one family apart, folded, several languages. Each group is one bit of a mask. */

const colourGroups = [
  'black schwarz noir nero negro nera zwart svart שחור שחורה черный черная blk',
  'white weiss blanc blanche bianco blanco wit vit לבן לבנה белый белая wht',
  'silver silber argent argento plata zilver כסף כסוף серебристый slv',
  'grey gray grau gris grigio grijs אפור graphite anthracite charcoal gunmetal spacegrau серый',
  'red rot rouge rosso rojo rood אדום אדומה красный burgundy crimson maroon',
  'blue blau bleu azul blauw כחול כחולה синий navy cobalt azure',
  'green grun vert verde groen ירוק ירוקה зеленый olive khaki',
  'yellow gelb jaune giallo amarillo geel צהוב צהובה желтый',
  'orange naranja arancione כתום оранжевый',
  'pink rosa roze ורוד ורודה розовый magenta fuchsia',
  'purple violet lila viola paars סגול фиолетовый lavender plum',
  'brown braun brun marron marrone bruin חום коричневый chocolate tan mocha',
  'gold dore oro goud זהב золотой golden champagne',
  'beige cream ivory creme sand בז',
  'rose',
  'bronze copper brass kupfer',
  'clear transparent crystal שקוף',
  'turquoise teal cyan aqua mint טורקיז',
  'multicolor multicolour multicolored multi',
  'titanium stainless inox edelstahl steel',
] as const;

const variantGroups = [
  'pro professional',
  'plus',
  'max maximum',
  'mini',
  'lite light',
  'ultra ultimate',
  'premium deluxe',
  'standard std',
  'home',
  'student academic education edu school teacher',
  'upgrade upg',
  'oem bulk tray',
  'refurbished renewed refurb',
  'bundle kit combo set',
  'xl xxl extra',
  'basic starter essentials',
  'elite advanced',
  'enterprise business corporate',
  'small',
  'medium',
  'large big',
  'mac macintosh osx',
  'win windows',
  'se',
  'air',
  'edge',
  'wireless bluetooth wifi cordless',
  'left',
  'right',
  'diet zero sugarfree',
  'case cover sleeve pouch',
] as const;

function bits(groups: readonly string[]): ReadonlyMap<string, number> {
  return new Map(groups.flatMap((words, bit) => words.split(' ').map((word) => [word, (1 << bit) >>> 0] as const)));
}

/** Colour word → bit of its family. */
export const COLOUR_BITS = bits(colourGroups);
/** Word that names an edition, size class or platform → bit of its family. */
export const VARIANT_BITS = bits(variantGroups);
export const LETTER_SIZES: ReadonlySet<string> = new Set('xs s m l xl xxl xxxl 2xl 3xl 4xl 5xl'.split(' '));
/** Values that sellers write where they have no code or brand. */
export const EMPTY_VALUES: ReadonlySet<string> = new Set(
  'na none unknown notapplicable doesnotapply null nil tbd generic nobrand unbranded other various default oem לאידוע לא'.split(
    ' ',
  ),
);
