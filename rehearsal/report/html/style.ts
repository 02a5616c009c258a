/** The page's looks: one column that fits a phone, colours by the reader's preference, contrast of at least 4.5 to 1. */
export const style = `
:root { color-scheme: light dark; --ground: #fff; --text: #1c2024; --quiet: #5a636b; --line: #d8dde2; --panel: #f4f6f8;
  --bar: #4a7fb5; --critical: #b3450e; --failed: #b3122b; }
@media (prefers-color-scheme: dark) { :root { --ground: #14171a; --text: #e6e9ec; --quiet: #9aa5af; --line: #353c43;
  --panel: #1d2226; --bar: #5b93cc; --critical: #f08c4a; --failed: #ff6b7f; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 78rem; padding: 1rem; background: var(--ground); color: var(--text);
  font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; margin: .5rem 0 0; } h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; }
p { margin: .25rem 0; } .quiet, caption { color: var(--quiet); }
.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); gap: .5rem; margin: 1rem 0; }
.facts div { background: var(--panel); border-radius: .4rem; padding: .5rem .75rem; }
.facts dt { color: var(--quiet); font-size: .85rem; } .facts dd { margin: 0; font-size: 1.2rem; }
.failure { border-left: .3rem solid var(--failed); background: var(--panel); padding: .75rem; white-space: pre-wrap; }
table { border-collapse: collapse; width: 100%; table-layout: fixed; } caption { text-align: left; font-size: .85rem; }
th, td { text-align: left; vertical-align: top; padding: .15rem .4rem .15rem 0; border-bottom: 1px solid var(--line); font-weight: normal; }
.timeline th { width: 38%; } .timeline .number { width: 4.5rem; text-align: right; font-variant-numeric: tabular-nums; }
.type { display: block; color: var(--quiet); font-size: .78rem; line-height: 1.2; }
.track { position: relative; height: 1rem; margin-top: .3rem; }
.bar { position: absolute; inset-block: 0; min-width: 2px; border-radius: 2px; background: var(--bar); }
.critical .bar { background: var(--critical); } .critical th { color: var(--critical); font-weight: 600; }
.failed .bar { background: repeating-linear-gradient(45deg, var(--failed) 0 4px, transparent 4px 7px); } .failed th { color: var(--failed); }
.axis { display: flex; justify-content: space-between; color: var(--quiet); font-size: .78rem; }
#brief:not(:checked) ~ table .brief { display: none; }
ul.tree, ul.tree ul { list-style: none; margin: 0; padding-left: 1rem; border-left: 1px solid var(--line); } ul.tree { padding-left: 0; border: 0; }
summary { cursor: pointer; } summary, .leaf { padding: .1rem 0; } .leaf { padding-left: 1.05rem; }
dl.outputs dt { font-weight: 600; } dl.outputs dd { margin: 0 0 .4rem; font-family: ui-monospace, monospace; font-size: .88rem; white-space: pre-wrap; overflow-wrap: anywhere; }
.story { white-space: pre-wrap; } ul.retained li { margin-bottom: .6rem; } ul.retained code { display: block; font-size: .85rem; background: var(--panel); border-radius: .3rem; padding: .25rem .5rem; }
@media (max-width: 40rem) { .timeline, .timeline tbody, .timeline tr, .timeline th, .timeline td { display: block; width: auto; }
  .timeline thead { display: none; } .timeline th, .timeline .number { border: 0; padding-bottom: 0; }
  .timeline .number { display: inline-block; width: auto; text-align: left; color: var(--quiet); font-size: .85rem; } }
@media print { .bar { print-color-adjust: exact; } }
`;
