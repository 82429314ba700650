/** Every field of a canonical product that can be filled, and how the store tells that it is. `p` is the product. */
const FILLED = {
  title: `p ? 'title'`,
  description: `p ? 'description'`,
  brand: `p ? 'brand'`,
  model: `p ? 'model'`,
  mpn: `p ? 'mpn'`,
  gtins: `p->'gtins' <> '[]'`,
  internalCodes: `p->'internalCodes' <> '[]'`,
  category: `p ? 'category'`,
  price: `p ? 'price'`,
  'price.currency': `p->'price' ? 'currency'`,
  quantity: `p ? 'quantity'`,
  size: `p ? 'size'`,
  colour: `p ? 'colour'`,
  condition: `p ? 'condition'`,
  availability: `p ? 'availability'`,
  images: `p->'images' <> '[]'`,
  url: `p ? 'url'`,
  variants: `p->'variants' <> '{}'`,
  attributes: `p->'attributes' <> '{}'`,
  updatedAt: `p ? 'updatedAt'`,
} as const;

export const FIELDS = Object.keys(FILLED) as (keyof typeof FILLED)[];

/** Per source, in how many live records each field of FIELDS is filled, as one array in that order. */
export const FILL_COUNTS = `
select source, count(*)::int as records,
  array[${FIELDS.map((field) => `count(*) filter (where ${FILLED[field]})`).join(', ')}]::int[] as filled
from (select source, product as p from source_record where not withdrawn) live
group by source`;
