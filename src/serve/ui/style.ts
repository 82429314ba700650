export const STYLE = `
:root {
  color-scheme: light dark;
  --ground: #f6f6f3; --card: #fff; --ink: #1d1f21; --soft: #62666b; --line: #dedfda;
  --accent: #0b5d57; --accent-ink: #fff; --mark: #ffe9a3; --taken: #e3f3ea; --differs: #fdf1df;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #16181a; --card: #1f2225; --ink: #e9eaea; --soft: #a0a6ab; --line: #34383c;
    --accent: #6fcdc0; --accent-ink: #0d1b1a; --mark: #5b4a10; --taken: #1c3a2c; --differs: #3d3018;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
a { color: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
main:focus { outline: none; }
.hidden, .skip:not(:focus) { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.skip:focus { position: absolute; left: 1rem; top: .5rem; z-index: 5; background: var(--card); padding: .5rem 1rem; }
header { display: flex; gap: 1.5rem; align-items: center; padding: .8rem 1.5rem; background: var(--card);
  border-bottom: 1px solid var(--line); position: sticky; top: 0; z-index: 3; }
.name { font-size: 1.3rem; font-weight: 700; letter-spacing: -.02em; text-decoration: none; color: var(--ink); }
form { position: relative; display: flex; flex: 1; max-width: 46rem; gap: .5rem; }
input[type=search], select { font: inherit; color: inherit; background: var(--ground); border: 1px solid var(--line);
  border-radius: .5rem; padding: .5rem .8rem; }
input[type=search] { flex: 1; min-width: 0; }
button { font: inherit; border: 1px solid var(--accent); border-radius: .5rem; padding: .5rem 1rem; cursor: pointer;
  background: var(--accent); color: var(--accent-ink); }
button.plain { background: none; color: var(--accent); }
#suggestions { position: absolute; top: 100%; left: 0; right: 0; margin: .3rem 0 0; padding: .3rem; list-style: none;
  background: var(--card); border: 1px solid var(--line); border-radius: .5rem; box-shadow: 0 8px 24px rgb(0 0 0 / .15); }
#suggestions li { display: flex; justify-content: space-between; gap: 1rem; padding: .35rem .6rem; border-radius: .35rem;
  cursor: pointer; }
#suggestions li[aria-selected=true], #suggestions li:hover { background: var(--ground); }
#suggestions small { color: var(--soft); }
#layout { display: grid; grid-template-columns: 15rem minmax(0, 1fr); gap: 1.5rem; max-width: 90rem; margin: 0 auto;
  padding: 1.5rem; }
#layout.single { grid-template-columns: minmax(0, 1fr); }
#layout.single #facets { display: none; }
fieldset { border: 0; margin: 0 0 1.2rem; padding: 0; }
legend { font-weight: 600; padding: 0; margin-bottom: .3rem; }
fieldset label { display: flex; gap: .5rem; align-items: baseline; font-size: .92rem; padding: .1rem 0; cursor: pointer; }
fieldset label span:first-of-type { flex: 1; overflow-wrap: anywhere; }
fieldset summary { cursor: pointer; color: var(--accent); font-size: .88rem; }
.count, .soft { color: var(--soft); font-variant-numeric: tabular-nums; }
.bar { display: flex; justify-content: space-between; align-items: center; gap: 1rem; margin-bottom: 1rem; }
.bar h1 { font-size: 1.05rem; font-weight: 500; margin: 0; }
.hits { list-style: none; margin: 0; padding: 0; display: grid; gap: .7rem; }
.hit { display: grid; grid-template-columns: 4.5rem minmax(0, 1fr) auto; gap: 1rem; align-items: center;
  background: var(--card); border: 1px solid var(--line); border-radius: .7rem; padding: .8rem 1rem; }
.hit:hover { border-color: var(--accent); }
.hit h2 { font-size: 1.02rem; margin: 0; overflow-wrap: anywhere; }
.hit h2 a { color: inherit; text-decoration: none; }
.hit h2 a:hover { text-decoration: underline; }
.thumb { width: 4.5rem; height: 4.5rem; border-radius: .5rem; background: var(--ground); display: grid;
  place-items: center; font-size: 1.5rem; font-weight: 600; color: var(--soft); overflow: hidden; }
.thumb img { width: 100%; height: 100%; object-fit: contain; background: #fff; }
.price { font-weight: 600; font-variant-numeric: tabular-nums; white-space: nowrap; text-align: right; }
.chips { display: flex; flex-wrap: wrap; gap: .3rem; margin-top: .3rem; }
.chip { font-size: .8rem; border: 1px solid var(--line); border-radius: 1rem; padding: 0 .55rem; color: var(--soft); }
mark { background: var(--mark); color: inherit; border-radius: .2rem; padding: 0 .1em; }
.more { margin: 1rem auto; display: block; }
.note { background: var(--card); border: 1px solid var(--line); border-radius: .7rem; padding: 1rem 1.2rem; }
.product h1 { margin: .3rem 0; font-size: 1.6rem; line-height: 1.25; overflow-wrap: anywhere; }
.product h2 { font-size: 1.15rem; margin: 2rem 0 .6rem; }
.facts { display: flex; flex-wrap: wrap; gap: .4rem 2rem; margin: 0; }
.facts div { display: flex; gap: .5rem; }
.facts dt { color: var(--soft); }
.facts dd { margin: 0; }
.scroll { overflow-x: auto; border: 1px solid var(--line); border-radius: .7rem; background: var(--card); }
table { border-collapse: collapse; width: 100%; font-size: .92rem; }
th, td { text-align: left; vertical-align: top; padding: .5rem .8rem; border-bottom: 1px solid var(--line); min-width: 9rem;
  max-width: 24rem; overflow-wrap: anywhere; }
tr:last-child > * { border-bottom: 0; }
thead th { font-weight: 600; background: var(--card); }
tbody th { font-weight: 500; color: var(--soft); position: sticky; left: 0; background: var(--card); min-width: 8rem; }
td.golden { font-weight: 600; }
td.taken { background: var(--taken); }
td.differs { background: var(--differs); }
.rule { display: block; font-weight: 400; font-size: .78rem; color: var(--soft); }
.legend { display: flex; gap: 1.2rem; font-size: .85rem; color: var(--soft); margin: .5rem 0; }
.legend span::before { content: ''; display: inline-block; width: .8em; height: .8em; border-radius: .2em;
  margin-right: .4em; border: 1px solid var(--line); }
.legend .taken::before { background: var(--taken); }
.legend .differs::before { background: var(--differs); }
.versions { list-style: none; padding: 0; margin: 0; border-left: 2px solid var(--line); }
.versions > li { padding: 0 0 1rem 1.2rem; position: relative; }
.versions > li::before { content: ''; position: absolute; left: -.42rem; top: .45rem; width: .7rem; height: .7rem;
  border-radius: 50%; background: var(--accent); }
.versions ul { margin: .2rem 0; padding-left: 1.1rem; font-size: .92rem; }
@media (max-width: 50rem) {
  header { flex-wrap: wrap; gap: .6rem 1rem; padding: .7rem 1rem; }
  form { order: 3; flex-basis: 100%; }
  nav { margin-left: auto; }
  #layout { grid-template-columns: minmax(0, 1fr); padding: 1rem; }
  .hit { grid-template-columns: minmax(0, 1fr) auto; }
  .thumb { display: none; }
  #facets { order: 2; }
}
@media (prefers-reduced-motion: no-preference) { .hit { transition: border-color .15s; } }
`;
