/** One golden record: its values beside those of every source, which were taken and by which rule, and its versions. */
export const PRODUCT_SCRIPT = String.raw`
const LEAD_FIELDS = ['title', 'brand', 'model', 'mpn', 'gtins', 'category', 'price', 'quantity', 'size', 'colour', 'condition', 'availability', 'description', 'images', 'url'];

async function showProduct(id) {
  main.replaceChildren(el('p', { class: 'soft' }, 'Loading …'));
  const path = '/v1/products/' + encodeURIComponent(id);
  const product = await ask(path);
  const own = product.links.self;
  const [members, lineage, past] = await Promise.all([read(own + '/members'), read(own + '/lineage'), read(own + '/history')]);
  const { values } = product;
  document.title = values.title + ' · Assay';
  const back = new URLSearchParams(location.search);
  back.delete('product');
  main.replaceChildren(el('article', { class: 'product' },
    el('a', { href: '/?' + back }, '← Results'),
    product.redirectedFrom ? el('p', { class: 'note' }, product.redirectedFrom + ' was merged into this product.') : null,
    el('h1', {}, values.title),
    facts(product),
    el('h2', { id: 'sources-title' }, counted(members.total, 'record', 'records') + ' side by side'),
    el('p', { class: 'legend' }, el('span', { class: 'taken' }, 'gave the value'), el('span', { class: 'differs' }, 'another value, not taken')),
    el('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-labelledby': 'sources-title' }, sideBySide(values, lineage.attributes, members.items)),
    el('h2', {}, 'History'),
    versions(past)));
  main.focus({ preventScroll: true });
  say(values.title);
}

function facts(product) {
  const { values } = product;
  const rows = [['Price', values.price && money(values.price.amount, values.price.currency)], ['Brand', values.brand], ['Barcode', values.gtins.join(', ')],
    ['Sources', product.sources.join(', ')], ['Quality', Math.round(product.quality * 100) + ' %'], ['Id', product.goldenId], ['Version', product.version]];
  return el('dl', { class: 'facts' }, rows.filter(([, value]) => value).map(([name, value]) => el('div', {}, el('dt', {}, name), el('dd', {}, String(value)))));
}

/** Attribute paths in a product's shape: bags become "attributes.x". */
function paths(product) {
  const out = LEAD_FIELDS.filter((field) => product[field] !== undefined && String(product[field]) !== '');
  for (const bag of ['variants', 'attributes']) out.push(...Object.keys(product[bag] || {}).map((name) => bag + '.' + name));
  return out;
}

function at(product, path) {
  const dot = path.indexOf('.');
  return dot < 0 ? product[path] : (product[path.slice(0, dot)] || {})[path.slice(dot + 1)];
}

function sideBySide(values, lineage, members) {
  const all = new Set([...LEAD_FIELDS, ...paths(values), ...members.flatMap((member) => paths(member.product))]);
  const rows = [...all].filter((path) => [values, ...members.map((member) => member.product)].some((product) => shown(path, at(product, path)) !== ''));
  const key = (record) => record.source + '\u001f' + record.sourceId;
  return el('table', {},
    el('thead', {}, el('tr', {}, el('th', { scope: 'col' }, 'Attribute'), el('th', { scope: 'col' }, 'Golden record'),
      members.map((member) => el('th', { scope: 'col' }, member.source, el('span', { class: 'rule' }, member.sourceId))))),
    el('tbody', {}, rows.map((path) => {
      const line = lineage[path];
      const from = new Set((line ? line.from : []).map(key));
      const golden = shown(path, at(values, path));
      return el('tr', {}, el('th', { scope: 'row' }, path.replace(/^\w+\./, '').replaceAll('_', ' ')),
        el('td', { class: 'golden' }, golden, line ? el('span', { class: 'rule' }, line.rule.replaceAll('_', ' ')) : null),
        members.map((member) => {
          const text = shown(path, at(member.product, path));
          const taken = from.has(key(member));
          const state = text === '' ? '' : taken ? 'taken' : text !== golden ? 'differs' : '';
          return el('td', { class: state, title: state === 'taken' ? 'gave the value' : state === 'differs' ? 'not taken' : undefined },
            path === 'url' && /^https?:\/\//.test(text) ? el('a', { href: text, rel: 'noopener noreferrer', target: '_blank' }, text) : text);
        }));
    })));
}

function versions(past) {
  return el('ol', { class: 'versions', reversed: true }, past.items.map((item) =>
    el('li', {}, el('strong', {}, 'Version ' + item.version), ' ',
      el('span', { class: 'soft' }, moment(item.validFrom) + (item.validTo ? ' to ' + moment(item.validTo) : ' until now')),
      item.changes.length === 0
        ? el('div', { class: 'soft' }, counted(item.members.length, 'record', 'records'))
        : el('ul', {}, item.changes.map((change) => el('li', {}, change.attribute.replace(/^\w+\./, '') + ': ',
            el('del', {}, shown(change.attribute, change.before) || 'nothing'), ' → ', el('ins', {}, shown(change.attribute, change.after) || 'nothing')))))));
}
`;
