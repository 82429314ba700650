/** The page's only style sheet. Both themes use the same names, so charts need no second version. */
export const STYLE = `
:root { color-scheme: light dark; --page: #f6f7f9; --card: #fff; --text: #1b2430; --soft: #5d6b7c; --line: #e2e6eb;
  --accent: #2563c9; --on: #fff; --warn: #b4540a; --p0: #2563c9; --p1: #12908a; --p2: #b8860b; --p3: #a23e9a; }
@media (prefers-color-scheme: dark) { :root { --page: #11161d; --card: #1a212b; --text: #e4e9ef; --soft: #95a3b4;
  --line: #2b3541; --accent: #6ea4f7; --on: #0d1420; --warn: #f0a25a; --p0: #6ea4f7; --p1: #4fc7bf; --p2: #e0b64a;
  --p3: #d987d2; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", sans-serif; }
main { max-width: 1120px; margin: 0 auto; padding: 32px 20px 64px; }
h1 { font-size: 26px; margin: 0 0 4px; letter-spacing: -.01em; }
h2 { font-size: 17px; margin: 0 0 12px; }
h3 { font-size: 14px; margin: 24px 0 8px; color: var(--soft); font-weight: 600; }
p { margin: 0 0 8px; }
.soft, .label { color: var(--soft); fill: var(--soft); }
.warn { color: var(--warn); }
section { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 20px 22px; margin-top: 18px; }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(140px, 1fr)); gap: 12px; margin-top: 20px; }
.cards div { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 12px 16px; }
.cards b { display: block; font-size: 24px; font-weight: 650; font-variant-numeric: tabular-nums; }
.cards span { color: var(--soft); font-size: 13px; }
.two { display: grid; grid-template-columns: repeat(auto-fit, minmax(420px, 1fr)); gap: 8px 32px; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 14px; }
th { text-align: left; color: var(--soft); font-weight: 600; font-size: 12.5px; white-space: nowrap; }
th, td { padding: 6px 14px 6px 0; border-bottom: 1px solid var(--line); vertical-align: top; }
tr:last-child td { border-bottom: 0; }
.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
code { font: 12.5px/1.4 ui-monospace, "SF Mono", Menlo, Consolas, monospace; overflow-wrap: anywhere; }
td.wide { min-width: 220px; overflow-wrap: anywhere; }
details { margin: 2px 0; } summary { cursor: pointer; }
ul { margin: 4px 0 8px; padding-left: 18px; }
.chart { width: 100%; max-width: 760px; height: auto; display: block; }
.small { max-width: 510px; }
svg text { font: 12.5px system-ui, -apple-system, "Segoe UI", sans-serif; }
.figure { fill: var(--text); } .on { fill: var(--on); } .bar, .cell { fill: var(--accent); } .own, .track { fill: var(--line); }
.part0 { fill: var(--p0); background: var(--p0); } .part1 { fill: var(--p1); background: var(--p1); }
.part2 { fill: var(--p2); background: var(--p2); } .part3 { fill: var(--p3); background: var(--p3); }
.legend span { margin-right: 18px; font-size: 13px; color: var(--soft); }
.legend i { display: inline-block; width: 11px; height: 11px; border-radius: 3px; margin-right: 6px; vertical-align: -1px; }
.share { display: inline-flex; align-items: center; gap: 8px; justify-content: flex-end; }
@media (max-width: 560px) { .two { grid-template-columns: 1fr; } }
`;
