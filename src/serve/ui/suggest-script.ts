/** The search box: a combobox whose list follows what is typed. */
export const SUGGEST_SCRIPT = `
const box = byId('q');
const list = byId('suggestions');
let chosen = -1;
let typing;
let suggesting;

function closeSuggestions() {
  clearTimeout(typing);
  if (suggesting) suggesting.abort();
  list.hidden = true;
  list.replaceChildren();
  chosen = -1;
  box.setAttribute('aria-expanded', 'false');
  box.removeAttribute('aria-activedescendant');
}

function searchFor(text) {
  closeSuggestions();
  go('/?' + new URLSearchParams({ q: text }));
}

function take(item) {
  closeSuggestions();
  if (item.kind === 'brand') go('/?' + new URLSearchParams({ brand: item.text }));
  else if (item.goldenId) go('/?' + new URLSearchParams({ q: item.text, product: item.goldenId }));
  else searchFor(item.text);
}

function choose(at) {
  const options = [...list.children];
  if (options.length === 0) return;
  chosen = (at + options.length) % options.length;
  options.forEach((option, i) => option.setAttribute('aria-selected', String(i === chosen)));
  box.setAttribute('aria-activedescendant', options[chosen].id);
  options[chosen].scrollIntoView({ block: 'nearest' });
}

async function suggest() {
  const text = box.value.trim();
  if (text.length < 2) return closeSuggestions();
  if (suggesting) suggesting.abort();
  suggesting = new AbortController();
  const { items } = await read('/v1/suggest?' + new URLSearchParams({ q: text }), suggesting.signal);
  chosen = -1;
  list.replaceChildren(...items.map((item, i) =>
    el('li', { role: 'option', id: 'suggestion-' + i, 'aria-selected': 'false', onmousedown: (event) => event.preventDefault(), onclick: () => take(item) },
      item.text, el('small', {}, item.kind === 'title' ? '' : item.kind))));
  list.items = items;
  list.hidden = items.length === 0;
  box.setAttribute('aria-expanded', String(items.length > 0));
}

box.addEventListener('input', () => {
  clearTimeout(typing);
  typing = setTimeout(() => suggest().catch(() => undefined), 120);
});
box.addEventListener('keydown', (event) => {
  if (event.key === 'ArrowDown' && !list.hidden) choose(chosen + 1);
  else if (event.key === 'ArrowUp' && !list.hidden) choose(chosen - 1);
  else if (event.key === 'Escape' && !list.hidden) closeSuggestions();
  else if (event.key === 'Enter' && !list.hidden && chosen >= 0) take(list.items[chosen]);
  else return;
  event.preventDefault();
});
box.addEventListener('blur', closeSuggestions);
byId('form').addEventListener('submit', (event) => {
  event.preventDefault();
  searchFor(box.value.trim());
});
`;
