import { createHash } from 'node:crypto';

/** The style of the documentation page: light and dark, for screens and paper, without anything from elsewhere. */
export const docsStyle = `
:root { color-scheme: light dark; --ink: #1d2021; --soft: #5c6266; --line: #d9dcde; --paper: #fff; --shade: #f4f5f6; --accent: #1f5a48 }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6e8e9; --soft: #a2a8ac; --line: #3a3f42; --paper: #17191a; --shade: #202324; --accent: #8fd0b8 }
}
* { box-sizing: border-box }
body { margin: 0; font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper) }
main { max-width: 60rem; margin: 0 auto; padding: 1.5rem 1rem 4rem }
h1 { font-size: 1.75rem; margin: 0 0 .5rem }
h2 { margin: 3rem 0 .5rem; border-bottom: 1px solid var(--line) }
h3 { margin: 2rem 0 .25rem; font-size: 1.05rem }
h4 { margin: 1rem 0 .25rem; font-size: .9rem; color: var(--soft) }
p { margin: .25rem 0 .75rem; max-width: 46rem }
a { color: var(--accent) }
code, pre { font: .875rem/1.45 ui-monospace, monospace }
pre { background: var(--shade); padding: .75rem 1rem; overflow-x: auto; border-radius: 4px }
nav ul { columns: 18rem; padding: 0; list-style: none }
.method { display: inline-block; min-width: 4.2rem; font-weight: 600; text-transform: uppercase; color: var(--accent) }
table { border-collapse: collapse; width: 100%; margin: .25rem 0 1rem }
th, td { text-align: left; vertical-align: top; padding: .3rem .75rem .3rem 0; border-bottom: 1px solid var(--line) }
th { font-weight: 600; font-size: .85rem; color: var(--soft) }
td p { margin: 0 }
.scroll { overflow-x: auto }
.must { color: var(--accent); font-size: .8rem }
`;

const hash = createHash('sha256').update(docsStyle).digest('base64');

/** Nothing but this one style may take effect on the page. */
export const docsPolicy = `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
