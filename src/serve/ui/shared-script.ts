/** Elements, text and requests. `el` is the only way anything gets onto the page: children are nodes or become text. */
export const SHARED_SCRIPT = String.raw`
const byId = (id) => document.getElementById(id);
const main = byId('main');
const FACETS = ['brand', 'category', 'colour', 'condition', 'availability', 'source'];
const PLURAL = new Intl.PluralRules('en');

function el(name, options, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(options || {})) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith('on')) node.addEventListener(key.slice(2), value);
    else node.setAttribute(key, value === true ? '' : String(value));
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

/** Text that the server marked: only <mark> and the five escapes are read, everything stays text. */
function marked(html) {
  const plain = (text) => text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&#39;/g, "'").replace(/&amp;/g, '&');
  return html.split(/(<mark>.*?<\/mark>)/s).map((part) =>
    part.startsWith('<mark>') ? el('mark', {}, plain(part.slice(6, -7))) : plain(part));
}

function say(text) { byId('status').textContent = text; }

const counted = (n, one, many) => n.toLocaleString('en') + ' ' + (PLURAL.select(n) === 'one' ? one : many);

function money(amount, currency) {
  if (amount === undefined) return '';
  try {
    if (currency) return new Intl.NumberFormat('en', { style: 'currency', currency }).format(amount);
  } catch { /* not a currency the browser knows: shown as it is */ }
  return amount.toLocaleString('en', { minimumFractionDigits: 2 }) + (currency ? ' ' + currency : '');
}

const moment = (iso) => new Date(iso).toLocaleString('en', { dateStyle: 'medium', timeStyle: 'short' });

/** Any value as text for a cell. */
function shown(path, value) {
  if (value === undefined || value === null) return '';
  if (path === 'price') return money(value.amount, value.currency);
  if (path === 'members') return value.map((key) => key.source + ' ' + key.sourceId).join(', ');
  if (path === 'category') return value.join(' › ');
  if (Array.isArray(value)) return value.join(', ');
  if (typeof value === 'object' && value.total) return value.total.value + ' ' + value.total.unit + (value.count > 1 ? ' (' + value.count + ' pieces)' : '');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

let running;
/** The answer of the newest request; one that was overtaken never answers. */
async function ask(url) {
  if (running) running.abort();
  running = new AbortController();
  return read(url, running.signal);
}

async function read(url, signal) {
  const answer = await fetch(url, { signal, headers: { accept: 'application/json' } });
  const body = await answer.json();
  if (!answer.ok) throw new Error(body.detail || body.title);
  return body;
}

function fail(error) {
  if (error.name === 'AbortError') return;
  main.replaceChildren(el('p', { class: 'note', role: 'alert' }, error.message));
}

function go(url) {
  history.pushState(null, '', url);
  route();
  scrollTo(0, 0);
}

function route() {
  const params = new URLSearchParams(location.search);
  const id = params.get('product');
  byId('layout').classList.toggle('single', id !== null);
  byId('q').value = params.get('q') || '';
  closeSuggestions();
  if (id === null) showResults(params).catch(fail);
  else showProduct(id).catch(fail);
}

addEventListener('popstate', route);
document.addEventListener('click', (event) => {
  const link = event.target.closest('a[href]');
  if (!link || link.origin !== location.origin || link.pathname !== '/' || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  if (link.hash) return;
  event.preventDefault();
  go(link.href);
});
document.addEventListener('keydown', (event) => {
  if (event.key !== '/' || /^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName)) return;
  event.preventDefault();
  byId('q').select();
});
`;
