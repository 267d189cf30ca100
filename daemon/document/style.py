"""The style of the page and of the card: system fonts, light and dark, phone and paper. Contrast is WCAG 2.2 AA."""

_COLOURS = """\
:root { --ink: #1b1d21; --soft: #555a62; --paper: #ffffff; --tint: #f3f5f7; --line: #d3d7dc; --link: #0a4f96;
  --gap: #fdf3dc; --gap-edge: #a86400; --warn: #a33000; color-scheme: light dark; }
@media screen and (prefers-color-scheme: dark) {
  :root { --ink: #e8eaed; --soft: #a9afb8; --paper: #15171a; --tint: #1f2327; --line: #3a4047; --link: #8fbcff;
    --gap: #33280f; --gap-edge: #e0a33a; --warn: #ff9d73; }
}
* { box-sizing: border-box; }
"""

PAGE = (
    _COLOURS
    + """\
html { scroll-padding-top: 1rem; }
body { margin: 0; background: var(--paper); color: var(--ink); overflow-wrap: break-word;
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Arial, sans-serif; }
header, nav, main { max-width: 54rem; margin: 0 auto; padding: 0 1.25rem; }
header { padding-top: 2.5rem; }
main { padding-bottom: 5rem; }
h1 { font-size: 2rem; line-height: 1.2; margin: 0 0 .5rem; letter-spacing: -.01em; }
h2 { font-size: 1.45rem; line-height: 1.25; margin: 3rem 0 .75rem; padding-top: 1rem;
  border-top: 2px solid var(--ink); }
h3 { font-size: 1.1rem; line-height: 1.3; margin: 2rem 0 .5rem; }
h4 { font-size: 1rem; margin: 1.75rem 0 .25rem; }
p, ul, ol { margin: .6rem 0; }
ul, ol { padding-left: 1.4rem; }
li { margin: .3rem 0; }
a { color: var(--link); text-underline-offset: .15em; }
a:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
code { font: .92em ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace; background: var(--tint);
  padding: .08em .3em; border-radius: 3px; }
td:first-child code { white-space: nowrap; }
.subtitle { color: var(--soft); margin: 0; }
.version { white-space: nowrap; }
.gap { background: var(--gap); border-left: 4px solid var(--gap-edge); padding: .5rem .8rem; }
table { width: 100%; border-collapse: collapse; margin: .9rem 0 1.2rem; font-size: .93rem; line-height: 1.4;
  font-variant-numeric: tabular-nums; }
th { text-align: left; color: var(--soft); font-weight: 600; font-size: .82rem; border-bottom: 1px solid var(--soft); }
th, td { padding: .4rem .7rem .4rem 0; vertical-align: top; }
tbody tr { border-bottom: 1px solid var(--line); }
figure { margin: .8rem 0 1.1rem; border: 1px solid var(--line); border-radius: 6px; }
figcaption { padding: .45rem .8rem; background: var(--tint); border-radius: 6px 6px 0 0; font-size: .93rem; }
.channel { color: var(--soft); font-size: .82rem; font-weight: 600; margin-right: .4rem; }
.said { padding: .6rem .8rem; white-space: pre-wrap; font-size: .93rem; line-height: 1.45; }
dl { margin: .9rem 0 1.2rem; }
dl > div { display: grid; grid-template-columns: minmax(7rem, 12rem) 1fr; gap: 0 1rem; padding: .3rem 0;
  border-bottom: 1px solid var(--line); }
dt { color: var(--soft); font-weight: 600; font-size: .9rem; }
dd { margin: 0; min-width: 0; }
.mark { color: var(--warn); font-weight: 700; margin: 0 0 .4rem; }
.picture { border: 0; margin: 1.2rem 0 1.6rem; }
.picture .wide { overflow-x: auto; background: #fff; border: 1px solid var(--line); border-radius: 6px;
  padding: .5rem; }
.picture .wide:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.picture svg { display: block; width: 100%; min-width: 40rem; height: auto; }
.picture figcaption { background: none; padding: .4rem 0 0; color: var(--soft); font-size: .88rem; }
.fold { border-bottom: 1px solid var(--line); }
.fold > summary { font-weight: 500; padding: .4rem 0; }
summary { cursor: pointer; padding: .3rem 0; font-weight: 600; }
summary:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
pre { font: .82rem/1.4 ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace; background: var(--tint);
  margin: .3rem 0 1.1rem; padding: .6rem .8rem; border-radius: 6px; white-space: pre-wrap; }
nav ol { list-style: none; padding-left: 0; margin: 0; }
nav ol ol { padding-left: 1rem; font-size: .93em; }
nav li { margin: .2rem 0; }
@media screen {
  nav { padding-top: 1.5rem; }
  nav h2 { font-size: 1rem; margin: 0 0 .4rem; padding: 0; border: 0; }
  nav a { text-decoration: none; }
  nav a:hover { text-decoration: underline; }
}
@media screen and (max-width: 70rem) {
  nav ol ol { display: none; }
  nav > ol { columns: 15rem; }
}
@media screen and (min-width: 70rem) {
  body { display: grid; grid-template: auto 1fr / 18rem minmax(0, 1fr); }
  header, main { grid-column: 2; width: 100%; }
  nav { grid-area: 1 / 1 / span 2; position: sticky; top: 0; height: 100vh; overflow-y: auto; margin: 0;
    padding: 2.5rem 1rem 2rem 1.5rem; border-right: 1px solid var(--line); font-size: .9rem; line-height: 1.35; }
}
@media screen and (max-width: 40rem) {
  h1 { font-size: 1.6rem; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  table, tbody, tr, td { display: block; width: 100%; }
  tbody tr { padding: .5rem 0; }
  td { display: flex; gap: .8rem; padding: .12rem 0; }
  dl > div { grid-template-columns: 6.5rem 1fr; gap: 0 .8rem; }
  td::before { content: attr(data-label); flex: 0 0 6.5rem; color: var(--soft); font-size: .82rem; padding-top: .1rem; }
}
@page { size: A4; margin: 18mm 16mm 18mm;
  @bottom-left { content: string(title); font: 8pt sans-serif; color: #555a62; }
  @bottom-right { content: counter(page) " / " counter(pages); font: 8pt sans-serif; color: #555a62; } }
@media print {
  body { font-size: 9.5pt; line-height: 1.42; }
  header, nav, main { max-width: none; padding: 0; }
  h1 { string-set: title content(); font-size: 20pt; }
  h2 { font-size: 14pt; margin: 20pt 0 6pt; padding-top: 6pt; break-after: avoid; }
  h3 { font-size: 11pt; margin: 12pt 0 3pt; break-after: avoid; }
  h4 { font-size: 10pt; margin: 10pt 0 2pt; break-after: avoid; }
  nav { break-after: page; }
  nav h2 { border: 0; }
  nav a { color: inherit; text-decoration: none; }
  nav ol ol { font-size: 8.5pt; }
  nav a::after { content: leader(".") target-counter(attr(href), page); }
  table { font-size: 8.5pt; }
  thead { display: table-header-group; }
  tr, .gap, li, dl > div, .picture { break-inside: avoid; }
  .picture .wide { border: 0; padding: 0; overflow: visible; }
  .picture svg { min-width: 0; }
  .picture { margin: 6pt 0 10pt; }
  .messages { columns: 2; column-gap: 7mm; }
  main > .messages { break-before: page; }
  .messages h2, .messages h3 { column-span: all; }
  .messages summary { font-size: 8.5pt; margin-top: 6pt; }
  dt, dl, .picture figcaption { font-size: 8.5pt; }
  th { font-size: 8pt; }
  .messages figure { margin: 4pt 0 6pt; border-radius: 0; }
  .messages figcaption { padding: 2pt 5pt; }
  .messages .said { padding: 3pt 5pt; }
  details::details-content { content-visibility: visible; }
  summary { list-style: none; break-after: avoid; }
  pre { columns: 2; column-gap: 7mm; font-size: 5.5pt; line-height: 1.3; padding: 3pt 5pt; border-radius: 0; }
  p { orphans: 3; widows: 3; }
  p + table, p + ul, p + ol { break-before: avoid; }
  main a { color: inherit; text-decoration: none; }
  .said, figcaption { font-size: 8pt; line-height: 1.35; }
  figcaption { break-after: avoid; }
  .said { orphans: 3; widows: 3; }
}
"""
)

CARD = (
    _COLOURS
    + """\
body { margin: 0; background: var(--paper); color: var(--ink); overflow-wrap: break-word;
  font: 14px/1.35 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Arial, sans-serif; }
header, main { max-width: 60rem; margin: 0 auto; padding: 0 1rem; }
header { padding-top: 1rem; border-bottom: 3px solid var(--ink); }
main { columns: 24rem; column-gap: 2rem; padding-top: .4rem; padding-bottom: 2rem; }
h1 { font-size: 1.5em; line-height: 1.15; margin: 0; }
.subtitle { color: var(--soft); margin: .1em 0 .3em; }
section { break-inside: avoid; margin-bottom: .9em; }
h2 { font-size: 1.05em; margin: .2em 0 .2em; border-bottom: 1px solid var(--ink); }
p { margin: .2em 0; }
ul, ol { margin: .2em 0; padding-left: 1.5em; }
ul { list-style: none; padding-left: 0; }
li { margin: .15em 0; }
a { color: inherit; text-decoration: none; white-space: nowrap; font-weight: 600; }
code { font: .95em ui-monospace, Menlo, Consolas, "Liberation Mono", monospace; font-weight: 600; white-space: nowrap; }
td code { white-space: normal; }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
td { padding: .15em .6em .15em 0; vertical-align: top; border-bottom: 1px solid var(--line); }
.gap { background: var(--gap); padding: .1em .4em; }
@page { size: A4; margin: 10mm; }
@media print {
  body { font-size: 11pt; line-height: 1.35; }
  body.dense { font-size: 8.4pt; line-height: 1.28; }
  header, main { max-width: none; padding-left: 0; padding-right: 0; }
  header { padding-top: 0; }
  main { columns: 2; column-gap: 8mm; column-fill: auto; height: 250mm; padding-bottom: 0; }
  section:nth-of-type(5) { break-before: column; }
  thead { display: none; }
}
"""
)
