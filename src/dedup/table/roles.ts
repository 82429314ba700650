/** What a column of a table means. `attribute`: compared by its own name; `attributes`: a JSON object of such. */
export const ROLES = [
  'id',
  'title',
  'description',
  'brand',
  'model',
  'mpn',
  'gtin',
  'category',
  'price',
  'currency',
  'colour',
  'size',
  'quantity',
  'condition',
  'url',
  'image',
  'attribute',
  'attributes',
  'ignore',
] as const;

export type Role = (typeof ROLES)[number];

export function isRole(text: string): text is Role {
  return (ROLES as readonly string[]).includes(text);
}

/** Names in `snakeName` form; the first names of a list are the likelier ones and stand first where several columns fit. */
const NAMES: Partial<Record<Role, string>> = {
  title:
    'title name product_name product_title product item_name item_title item heading page_title full_name bezeichnung nom nombre naam titel',
  description:
    'description desc long_description short_description details product_description text summary features beschreibung descripcion',
  brand:
    'brand brand_name manufacturer manufacturer_name maker make made_by producer marke hersteller marque marca merk',
  model: 'model model_number model_no modelno model_name model_code model_id modell modelo modele',
  mpn: 'mpn part_number part_no partno part_num partnumber manufacturer_part_number manufacturer_part_no mfr_part_number mfg_part_number mfr_no pn herstellernummer artikelnummer_hersteller',
  gtin: 'gtin gtin8 gtin12 gtin13 gtin14 gtin_8 gtin_12 gtin_13 gtin_14 ean ean13 ean_13 ean_code upc upc_code upca upc_a upc_12 barcode bar_code isbn isbn10 isbn13 isbn_10 isbn_13 jan',
  category:
    'category categories category_name category_path product_type product_category department breadcrumb breadcrumbs kategorie categorie categoria',
  price:
    'price list_price sale_price current_price regular_price unit_price price_usd price_eur price_gbp price_ils retail_price msrp amount preis prix precio prijs',
  currency: 'currency currency_code price_currency waehrung devise moneda',
  colour: 'colour color colour_name color_name farbe couleur kleur',
  size: 'size size_name capacity groesse taille talla maat',
  quantity:
    'quantity qty net_content net_contents pack_size package_size pack_count unit_count units_per_pack count menge contenance',
  condition: 'condition item_condition zustand etat',
  url: 'url link product_url product_link href page_url',
  image: 'image images image_url image_urls image_link img picture pictures thumbnail photo',
  attributes: 'attributes attributes_json specs specifications spec_table properties key_value_pairs spec',
};

const ROLE_OF = new Map<string, Role>();
for (const [role, names] of Object.entries(NAMES)) for (const name of names.split(' ')) ROLE_OF.set(name, role as Role);

/** Answers, not properties: a matcher that read them would be measured on what it was told. */
const LABEL =
  /^(?:(?:gold|true|truth|ground_truth|gold_standard|cluster|entity|golden)(?:_?(?:id|no|number|key|label|cluster|cluster_id|entity|entity_id|match))?|(?:duplicate|match|group|family|canonical|pair)_(?:id|no|number|key|label)|is_?match|match(?:ed|es)?|class_label|label(?:s|led)?|dup(?:licate)?_of|same_as|splits?|fold)$/;

/** Where a row came from, or when: says nothing about the product. */
const BOOKKEEPING =
  /^(?:source|source_name|source_id|shop|shop_name|vendor|vendor_id|seller|seller_name|merchant|store|store_id|website|site|domain|dataset|row|row_id|rowid|index|row_number|(?:created|updated|modified|crawled|scraped|last_updated|last_modified)(?:_at|_on|_date|_time)?|timestamp|.*_timestamp)$/;

/** Words that tables put before the names of their columns. */
const PREFIX = /^(?:product|prod|item|offer|listing|input|ltable|rtable|left|right|game|article|p)_(?=.)/;

/** `productName`, `Product Name` and `<product name>` are all `product_name`. */
export function snakeName(name: string): string {
  return name
    .normalize('NFKC')
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1_$2')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .replace(/^_+|_+$/g, '');
}

export type NameVerdict = { role: Role; why: string } | undefined;

/** What a column's name alone says; undefined when it says nothing. */
export function roleByName(column: string): NameVerdict {
  const name = snakeName(column);
  const bare = name.replace(PREFIX, '');
  if (name === 'id') return { role: 'id', why: 'its name' };
  if (LABEL.test(name) || LABEL.test(bare)) return { role: 'ignore', why: 'labels are never read' };
  const role = ROLE_OF.get(name) ?? ROLE_OF.get(bare);
  if (role !== undefined) return { role, why: 'its name' };
  if (BOOKKEEPING.test(name) || BOOKKEEPING.test(bare)) return { role: 'ignore', why: 'says where or when, not what' };
  // Other tables' keys ("category_id") agree by chance.
  if (/(?:^|_)(?:id|uuid|guid|key)$/.test(name)) return { role: 'ignore', why: 'a key of another table' };
  return undefined;
}

/** Place of the column among those of its role: the likelier names first. */
export function nameRank(column: string, role: Role): number {
  const names = NAMES[role]?.split(' ') ?? [];
  const name = snakeName(column);
  const at = names.indexOf(name);
  if (at >= 0) return at;
  const bare = names.indexOf(name.replace(PREFIX, ''));
  return bare >= 0 ? bare : names.length;
}
