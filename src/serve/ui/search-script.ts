/** Results, facets and paging. The address bar holds the whole query. */
export const SEARCH_SCRIPT = String.raw`
const SORTS = [['relevance', 'Best match'], ['price_asc', 'Price, low to high'], ['price_desc', 'Price, high to low'], ['updated', 'Newest change'], ['title', 'Title']];
const SHOWN_VALUES = 8;

async function showResults(params) {
  const page = await ask('/v1/search?' + queryOf(params));
  document.title = (params.get('q') ? params.get('q') + ' · ' : '') + 'Assay';
  const hits = el('ol', { class: 'hits' }, page.items.map((item) => hit(item, params)));
  const found = counted(page.total, 'product', 'products');
  const title = params.get('q') ? found + ' for “' + params.get('q') + '”' : found;
  main.replaceChildren(el('div', { class: 'bar' }, el('h1', {}, title), sorting(params)), hits);
  if (page.total === 0) {
    hits.replaceWith(el('p', { class: 'note' }, 'Nothing found. Fewer words, or other filters, may help.'));
  }
  if (page.nextCursor) main.append(more(params, page.nextCursor, hits));
  byId('facets').replaceChildren(...FACETS.map((field) => facet(field, page.facets[field] || [], params)).filter(Boolean));
  say(title);
}

function queryOf(params, cursor) {
  const query = new URLSearchParams();
  for (const name of ['q', 'sort', 'price_min', 'price_max', ...FACETS]) {
    for (const value of params.getAll(name)) query.append(name, value);
  }
  if (cursor) { query.set('cursor', cursor); query.set('facets', 'none'); }
  return query;
}

function sorting(params) {
  const change = (event) => { const next = queryOf(params); next.set('sort', event.target.value); go('/?' + next); };
  const now = params.get('sort') || 'relevance';
  return el('label', {}, el('span', { class: 'hidden' }, 'Order'),
    el('select', { onchange: change }, SORTS.map(([value, name]) => el('option', { value, selected: value === now }, name))));
}

function hit(item, params) {
  const link = new URLSearchParams({ q: params.get('q') || '', product: item.goldenId });
  const facts = [item.brand, item.category && item.category[item.category.length - 1], item.colour, item.codes[0]].filter(Boolean);
  return el('li', { class: 'hit' },
    thumb(item.image, item.title),
    el('div', {},
      el('h2', {}, el('a', { href: '/?' + link }, marked(item.highlight))),
      el('div', { class: 'soft' }, facts.join(' · ')),
      el('div', { class: 'chips' }, item.sources.map((source) => el('span', { class: 'chip' }, source)))),
    el('div', { class: 'price' }, money(item.price, item.currency)));
}

function thumb(image, title) {
  const frame = el('div', { class: 'thumb', 'aria-hidden': 'true' }, (title.match(/[\p{L}\p{N}]/u) || ['·'])[0].toUpperCase());
  if (image && image.startsWith('https://')) {
    const picture = el('img', { alt: '', loading: 'lazy', referrerpolicy: 'no-referrer', onload: () => frame.replaceChildren(picture) });
    picture.loading = 'eager';
    picture.src = image;
  }
  return frame;
}

function more(params, cursor, hits) {
  const button = el('button', { class: 'more plain', type: 'button', onclick: async () => {
    button.disabled = true;
    try {
      const page = await ask('/v1/search?' + queryOf(params, cursor));
      const added = page.items.map((item) => hit(item, params));
      hits.append(...added);
      if (added[0]) added[0].querySelector('a').focus();
      if (page.nextCursor) button.replaceWith(more(params, page.nextCursor, hits));
      else button.remove();
    } catch (error) { fail(error); }
  } }, 'Show more');
  return button;
}

function facet(field, values, params) {
  if (values.length === 0) return null;
  const active = params.getAll(field);
  const toggle = (value, on) => {
    const next = queryOf(params);
    next.delete(field);
    for (const other of active) if (other !== value) next.append(field, other);
    if (on) next.append(field, value);
    go('/?' + next);
  };
  const option = ({ value, count }) => el('label', {},
    el('input', { type: 'checkbox', checked: active.includes(value), onchange: (event) => toggle(value, event.target.checked) }),
    el('span', {}, value.replaceAll('_', ' ')), el('span', { class: 'count' }, count.toLocaleString('en')));
  const first = values.filter(({ value }, i) => i < SHOWN_VALUES || active.includes(value));
  const rest = values.filter((value) => !first.includes(value));
  return el('fieldset', {}, el('legend', {}, field[0].toUpperCase() + field.slice(1)), first.map(option),
    rest.length ? el('details', {}, el('summary', {}, counted(rest.length, 'more', 'more')), rest.map(option)) : null);
}
`;
