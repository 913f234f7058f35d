import { expressionStyles, sheetColors } from "@semblant/answers/internals";

const light = Object.values(expressionStyles).map(({ color }) => color);
const dark = Object.values(expressionStyles).map((style) => style.dark);

const variables = (colors: readonly string[]) => colors.map((color, i) => `--class-${i}:${color}`).join(";");
const scheme = (at: 0 | 1) =>
  Object.entries(sheetColors)
    .map(([name, both]) => `--${name}:${both[at]}`)
    .join(";");
const shades = Array.from({ length: 21 }, (_, i) => `.shade-${i}{background:color-mix(in srgb,var(--accent) ${i * 4}%,transparent)}`).join(
  "",
);
const swatches = light.map((_, i) => `.swatch-${i}{background:var(--class-${i})}`).join("");
const bars = Array.from({ length: 21 }, (_, i) => `.bar-${i}{width:${i * 5}%}`).join("");

/** The page's one style sheet. Values that differ from cell to cell come as classes, so that the page needs no inline styles. */
export const style = `
:root{color-scheme:light dark;${scheme(0)};${variables(light)}}
@media(prefers-color-scheme:dark){
  :root{${scheme(1)};${variables(dark)}}
}
*{box-sizing:border-box}
body{
  margin:0;background:var(--paper);color:var(--ink);
  font:16px/1.55 system-ui,-apple-system,"Segoe UI","Liberation Sans",sans-serif;-webkit-text-size-adjust:100%
}
main{max-width:1120px;margin:0 auto;padding:40px 24px 64px}
h1{font-size:1.9rem;line-height:1.2;margin:0 0 8px;letter-spacing:-.01em}
h2{font-size:1.12rem;margin:0 0 4px}
p{margin:0 0 12px}
.lead{font-size:1.1rem;color:var(--soft);max-width:62ch;margin-bottom:24px}
.soft,figcaption,.card>p{color:var(--soft);font-size:.9rem;line-height:1.45;max-width:75ch}
.card{background:var(--card);border:1px solid var(--line);border-radius:14px;padding:20px 22px;min-width:0}
.grid{display:grid;grid-auto-flow:dense;grid-template-columns:repeat(2,minmax(0,1fr));gap:18px;margin-top:18px}
.wide{grid-column:1/-1}
.tiles{display:grid;grid-template-columns:repeat(4,minmax(0,1fr));gap:18px}
.tile b{display:block;font-size:2.1rem;line-height:1.1;font-weight:650;letter-spacing:-.02em;font-variant-numeric:tabular-nums}
.tile b small{font-size:1rem;font-weight:400;color:var(--soft);letter-spacing:0}
.tile span{color:var(--soft);font-size:.88rem}
.tile .name{color:var(--ink);font-weight:600;font-size:.95rem;display:block}
svg{display:block;width:100%;height:auto;margin-top:8px}
.scroll{overflow-x:auto;margin-top:10px}
table{border-collapse:collapse;font-size:.9rem;font-variant-numeric:tabular-nums;width:100%}
th,td{padding:5px 8px;text-align:right;white-space:nowrap;border-bottom:1px solid var(--line)}
th{font-weight:600;color:var(--soft)}
tr>:first-child{text-align:left}
.words{text-align:left;white-space:normal}
tbody th{color:var(--ink)}
tbody tr:last-child>*{border-bottom:0}
.confusion{border-collapse:separate;border-spacing:2px}
.confusion th,.confusion td{border:0;padding:6px 4px;text-align:center;font-size:.82rem}
.confusion td{border-radius:5px}
.confusion .right{font-weight:700}
.confusion tbody th{text-align:left;padding-right:6px}
.swatch{display:inline-block;width:.7em;height:.7em;border-radius:50%;margin-right:.45em}
.meter{
  display:inline-block;width:90px;height:8px;border-radius:4px;background:var(--line);overflow:hidden;
  vertical-align:middle;margin-left:8px
}
.meter i{display:block;height:100%;background:var(--accent)}
.strips{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:14px 36px;margin-top:14px}
.strip{display:grid;grid-template-columns:minmax(0,1.25fr) repeat(5,minmax(0,1fr));gap:7px;align-items:start}
.strip figure{margin:0;text-align:center;min-width:0;position:relative}
.strip figure:first-child{margin-right:8px}
.strip figure:first-child img{border-width:0}
.strip img{
  display:block;width:100%;height:auto;aspect-ratio:1;object-fit:cover;border-radius:8px;
  border:2px solid transparent;background:var(--line)
}
.strip .right img{border-color:var(--good)}
.strip .wrong img{border-color:var(--bad)}
.strip figcaption{font-size:.74rem;line-height:1.25;margin-top:3px;overflow-wrap:anywhere}
.mark{
  position:absolute;top:-5px;right:-5px;width:18px;height:18px;border-radius:50%;border:2px solid var(--card);
  font:700 10px/14px system-ui,sans-serif;color:var(--card)
}
.right .mark{background:var(--good)}
.wrong .mark{background:var(--bad)}
img.picture{display:block;width:min(100%,820px);height:auto;margin-top:12px;border-radius:8px;background:#fff}
h3{font-size:.95rem;margin:20px 0 0}
dl{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:3px 18px;font-size:.88rem;margin:10px 0 0}
dt{color:var(--soft)}
dd{margin:0;overflow-wrap:anywhere;font-variant-numeric:tabular-nums}
.settings{columns:3 260px;column-gap:36px}
.settings dl{break-inside:avoid;margin:0 0 12px}
footer{margin-top:28px;color:var(--soft);font-size:.9rem;max-width:80ch}
${shades}${swatches}${bars}
@media(max-width:760px){
  main{padding:24px 14px 40px}
  .grid,.strips{grid-template-columns:minmax(0,1fr)}
  .tiles{grid-template-columns:repeat(2,minmax(0,1fr));gap:12px}
  .card{padding:16px 14px;border-radius:12px}
  h1{font-size:1.5rem}
  .tile b{font-size:1.7rem}
  .meter{display:none}
  .confusion th,.confusion td{font-size:.72rem;padding:5px 2px}
  .strip{gap:4px}
  .strip figure:first-child{margin-right:4px}
  .strip figcaption{font-size:.58rem}
  th,td{padding:5px 4px;font-size:.82rem}
}
@media print{body{background:#fff}.card{break-inside:avoid}}
`;
