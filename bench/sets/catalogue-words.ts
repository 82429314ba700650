/** What the made-up catalogue is made of. */

export interface ProductType {
  nouns: readonly string[];
  category: readonly string[];
  features: readonly string[];
  /** Sizes a family comes in, each in the ways shops write it. */
  sizes: readonly (readonly string[])[];
  /** Whether shops quote a model number. */
  coded: boolean;
  coloured: boolean;
  price: [number, number];
}

const gb = (n: number) => [`${n}GB`, `${n} GB`, n >= 1000 ? `${n / 1000}TB` : `${n}gb`];
const ml = (n: number) => [`${n}ml`, `${n} ml`, n % 100 === 0 ? `${n / 1000}L` : `${n}ML`, `${n / 10}cl`];
const gram = (n: number) => [`${n}g`, `${n} g`, n >= 1000 ? `${n / 1000}kg` : `${n}gr`];
const inch = (n: number) => [`${n}"`, `${n} inch`, `${n}-inch`, `${n}in`];
const cm = (n: number) => [`${n}cm`, `${n} cm`, `${n * 10}mm`];
const pack = (n: number) => [`${n} pack`, `pack of ${n}`, `${n}pk`, `${n} pcs`, `${n}-pack`];
const volt = (n: number) => [`${n}V`, `${n} V`, `${n} volt`];
const watt = (n: number) => [`${n}W`, `${n} watts`, `${n}w`];
const label = (text: string) => [text, `size ${text}`, `(${text})`, `Size ${text}`];

export const TYPES: readonly ProductType[] = [
  {
    nouns: ['headphones', 'headset', 'earphones'],
    category: ['Electronics', 'Audio', 'Headphones'],
    features: ['wireless', 'noise cancelling', 'over-ear', 'bluetooth', 'foldable', 'studio'],
    sizes: [],
    coded: true,
    coloured: true,
    price: [15, 400],
  },
  {
    nouns: ['smartphone', 'mobile phone', 'phone'],
    category: ['Electronics', 'Telephony', 'Phones'],
    features: ['dual sim', '5g', 'unlocked', 'android', 'amoled'],
    sizes: [gb(32), gb(64), gb(128), gb(256), gb(512)],
    coded: true,
    coloured: true,
    price: [90, 1200],
  },
  {
    nouns: ['television', 'tv', 'led tv'],
    category: ['Electronics', 'Video', 'TVs'],
    features: ['4k', 'smart', 'uhd', 'hdr', 'full hd'],
    sizes: [inch(32), inch(43), inch(50), inch(55), inch(65)],
    coded: true,
    coloured: false,
    price: [140, 2500],
  },
  {
    nouns: ['laptop', 'notebook'],
    category: ['Computers', 'Laptops'],
    features: ['core i5', 'core i7', 'ryzen 5', 'windows', 'touch'],
    sizes: [inch(13.3), inch(14), inch(15.6), inch(17.3)],
    coded: true,
    coloured: true,
    price: [250, 2600],
  },
  {
    nouns: ['hard drive', 'external drive', 'ssd'],
    category: ['Computers', 'Storage'],
    features: ['usb 3.0', 'portable', 'sata', 'desktop'],
    sizes: [gb(250), gb(500), gb(1000), gb(2000), gb(4000)],
    coded: true,
    coloured: true,
    price: [30, 350],
  },
  {
    nouns: ['drill driver', 'cordless drill', 'impact driver'],
    category: ['DIY', 'Power Tools'],
    features: ['brushless', 'compact', 'heavy duty', 'two-speed'],
    sizes: [volt(12), volt(14.4), volt(18), volt(20), volt(24)],
    coded: true,
    coloured: false,
    price: [40, 380],
  },
  {
    nouns: ['led bulb', 'light bulb', 'lamp'],
    category: ['Home', 'Lighting'],
    features: ['dimmable', 'warm white', 'e27', 'gu10', 'energy saving'],
    sizes: [watt(4), watt(7), watt(9), watt(12), pack(2), pack(6)],
    coded: true,
    coloured: false,
    price: [3, 40],
  },
  {
    nouns: ['frying pan', 'saucepan', 'skillet'],
    category: ['Home', 'Kitchen', 'Cookware'],
    features: ['non-stick', 'induction', 'cast iron', 'with lid'],
    sizes: [cm(18), cm(20), cm(24), cm(28), cm(32)],
    coded: false,
    coloured: true,
    price: [12, 160],
  },
  {
    nouns: ['shampoo', 'conditioner', 'body wash'],
    category: ['Beauty', 'Hair Care'],
    features: ['repair', 'anti-dandruff', 'colour protect', 'sensitive', 'herbal', 'argan oil'],
    sizes: [ml(200), ml(250), ml(300), ml(400), ml(500), ml(750)],
    coded: false,
    coloured: false,
    price: [2, 25],
  },
  {
    nouns: ['coffee', 'ground coffee', 'espresso beans'],
    category: ['Grocery', 'Coffee'],
    features: ['dark roast', 'decaf', 'arabica', 'organic', 'classic', 'intenso'],
    sizes: [gram(200), gram(250), gram(500), gram(1000)],
    coded: false,
    coloured: false,
    price: [3, 28],
  },
  {
    nouns: ['lemonade', 'cola', 'iced tea', 'juice'],
    category: ['Grocery', 'Drinks'],
    features: ['zero', 'light', 'peach', 'cherry', 'ginger', 'sparkling'],
    sizes: [ml(330), ml(500), ml(1000), ml(1500), ['6 x 330ml', '6x33cl', '6 x 330 ml']],
    coded: false,
    coloured: false,
    price: [1, 12],
  },
  {
    nouns: ['running shoes', 'sneakers', 'trainers'],
    category: ['Clothing', 'Shoes'],
    features: ['men', 'women', 'trail', 'breathable', 'mesh'],
    sizes: [label('38'), label('40'), label('42'), label('44'), label('46')],
    coded: true,
    coloured: true,
    price: [25, 220],
  },
  {
    nouns: ['t-shirt', 'hoodie', 'jacket', 'polo shirt'],
    category: ['Clothing', 'Tops'],
    features: ['cotton', 'slim fit', 'hooded', 'waterproof', 'kids', 'women'],
    sizes: [label('S'), label('M'), label('L'), label('XL'), label('XXL')],
    coded: false,
    coloured: true,
    price: [8, 180],
  },
  {
    nouns: ['ink cartridge', 'toner'],
    category: ['Office', 'Printing'],
    features: ['original', 'high yield', 'compatible'],
    sizes: [pack(2), pack(4)],
    coded: true,
    coloured: true,
    price: [9, 130],
  },
  {
    nouns: ['building blocks', 'play set', 'puzzle'],
    category: ['Toys', 'Construction'],
    features: ['space', 'police', 'castle', 'classic', 'ages 6+'],
    sizes: [pack(100), pack(250), pack(500), pack(1000)],
    coded: true,
    coloured: false,
    price: [6, 190],
  },
  {
    nouns: ['office suite', 'antivirus', 'photo editor', 'tax software'],
    category: ['Software'],
    features: ['win', 'mac', 'upgrade', 'academic', 'download', 'small business'],
    sizes: [
      ['1 user', 'single user'],
      ['3 user', '3 users', '3-user'],
      ['5 user', '5 users'],
    ],
    coded: false,
    coloured: false,
    price: [15, 700],
  },
  {
    nouns: ['engine oil', 'brake pads', 'wiper blade', 'air filter'],
    category: ['Automotive', 'Parts'],
    features: ['front', 'rear', 'synthetic', 'ceramic', 'premium'],
    sizes: [ml(1000), ml(4000), ml(5000), cm(45), cm(60)],
    coded: true,
    coloured: false,
    price: [6, 140],
  },
  {
    nouns: ['office chair', 'desk', 'bookcase'],
    category: ['Furniture', 'Office'],
    features: ['ergonomic', 'adjustable', 'oak', 'mesh back', 'executive'],
    sizes: [cm(80), cm(120), cm(160)],
    coded: true,
    coloured: true,
    price: [45, 620],
  },
];

export const COLOURS: readonly (readonly string[])[] = [
  ['Black', 'black', 'BLK', 'Jet Black'],
  ['White', 'white', 'WHT'],
  ['Silver', 'silver'],
  ['Grey', 'gray', 'Graphite', 'grey'],
  ['Red', 'red', 'Crimson'],
  ['Blue', 'blue', 'Navy Blue', 'Cobalt'],
  ['Green', 'green', 'Olive'],
  ['Pink', 'pink'],
  ['Gold', 'gold'],
  ['Yellow', 'yellow'],
  ['Brown', 'brown'],
  ['Purple', 'violet', 'purple'],
];
export const EDITIONS = [
  'Pro',
  'Plus',
  'Lite',
  'Max',
  'Mini',
  'Ultra',
  'Deluxe',
  'SE',
  'Elite',
  'Air',
  'II',
  'III',
  'X',
];
export const MARKETING = [
  'new',
  'best seller',
  'free shipping',
  'genuine',
  'original',
  'sale',
  'official',
  '2024',
  'brand new',
  'in stock',
  'eu version',
  'retail box',
];
export const ABBREVIATIONS: Readonly<Record<string, string>> = {
  wireless: 'wl',
  bluetooth: 'bt',
  professional: 'pro',
  television: 'tv',
  cartridge: 'cart',
  original: 'orig',
  compatible: 'compat',
  windows: 'win',
  executive: 'exec',
  adjustable: 'adj',
  conditioner: 'cond',
  external: 'ext',
  portable: 'port',
  waterproof: 'wp',
  energy: 'enrg',
  organic: 'org',
};
export const SYLLABLES =
  'ka ro mi ten vol sar lu pex dan fir gol hen jax lor nim ost pra qui rud sel tor ulm vek wyn zan bru cle dro fen gri hal ist'.split(
    ' ',
  );
