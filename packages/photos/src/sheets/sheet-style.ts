/** Rules of the sheets, after those of the reports: pictures first, few words, light and dark. */
export const sheetStyle = `
.tiles.three{grid-template-columns:repeat(3,minmax(0,1fr))}
.bar{display:block;height:6px;border-radius:3px;background:var(--line);overflow:hidden;margin-top:8px}
.bar i{display:block;height:100%;border-radius:3px;background:var(--accent)}
.gap{display:grid;place-items:center;color:var(--soft);font-size:.72rem;background:var(--line);text-align:center;padding:4px}
.face .path{display:block;margin-top:3px}
.looks .path{margin:8px 0 0}
.path{color:var(--soft);font-size:.78rem;overflow-wrap:anywhere;line-height:1.35}
.picks{display:grid;grid-template-columns:repeat(auto-fill,minmax(320px,1fr));gap:20px;margin-top:20px}
.pick{background:var(--card);border:1px solid var(--line);border-radius:14px;overflow:hidden;display:flex;flex-direction:column}
.pick>img,.pick>.gap{display:block;width:100%;height:auto;aspect-ratio:4/3;object-fit:cover;background:var(--line)}
.pick>.gap{display:grid}
.pick .words{padding:14px 16px 16px;display:flex;flex-direction:column;flex:1;text-align:left}
.pick h2{display:flex;justify-content:space-between;align-items:baseline;gap:10px;font-size:1rem;margin:0}
.pick h2 span{font-weight:400;color:var(--soft);font-size:.82rem}
.pick p{margin:8px 0 0;font-size:.92rem;line-height:1.45}
.pick .path{margin-top:6px}
.rest{display:grid;grid-template-columns:repeat(6,minmax(0,1fr));gap:5px;margin-top:auto;padding-top:12px}
.rest img,.rest .gap,.rest .more{
  width:100%;height:auto;aspect-ratio:1;object-fit:cover;border-radius:6px;background:var(--line);display:block
}
.rest .gap,.rest .more{display:grid;place-items:center}
.rest .more{color:var(--soft);font-size:.8rem}
.group{background:var(--card);border:1px solid var(--line);border-radius:14px;padding:18px 20px;margin-top:18px;break-inside:avoid}
.group>header{display:flex;align-items:baseline;gap:12px;flex-wrap:wrap;margin-bottom:12px}
.group>header h2{margin:0}
.group>header span{color:var(--soft);font-size:.88rem}
.faces{display:grid;grid-template-columns:repeat(auto-fill,minmax(104px,1fr));gap:12px}
.faces.typical{grid-template-columns:repeat(10,minmax(0,1fr))}
.faces.typical .first{grid-column:span 2;grid-row:span 2}
.face{margin:0;min-width:0}
.face img,.face .gap{display:block;width:100%;height:auto;aspect-ratio:1;object-fit:cover;border-radius:10px;background:var(--line)}
.face .gap{display:grid}
.face figcaption{font-size:.76rem;line-height:1.3;margin-top:5px;overflow-wrap:anywhere}
.face figcaption b{color:var(--ink);font-weight:600;display:block}
.face.worst img{outline:3px solid var(--bad);outline-offset:-3px}
.badge{
  display:inline-block;border-radius:999px;padding:2px 10px;font-size:.78rem;font-weight:600;
  border:1px solid var(--line);color:var(--soft)
}
.badge.good{color:var(--good);border-color:currentColor}
.badge.bad{color:var(--bad);border-color:currentColor}
.shots{display:grid;grid-template-columns:minmax(0,1.5fr) minmax(0,1fr);gap:18px}
.shot>img,.shot>.gap{display:block;width:100%;height:auto;aspect-ratio:4/3;object-fit:cover;border-radius:10px;background:var(--line)}
.shot>.gap{display:grid}
.shot h3{display:flex;justify-content:space-between;gap:8px;margin:10px 0 2px;font-size:.95rem}
.others{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:14px;align-content:start}
.others .shot h3{font-size:.82rem;margin-top:6px}
.scores{display:grid;grid-template-columns:repeat(auto-fill,minmax(86px,1fr));gap:8px;margin-top:10px}
.scores .face figcaption{font-size:.7rem}
.looks{display:grid;grid-template-columns:150px minmax(0,1fr);gap:6px 20px;align-items:start}
.bars{
  display:grid;grid-template-columns:fit-content(14em) minmax(0,1fr) max-content;gap:5px 10px;
  align-items:center;font-size:.86rem;font-variant-numeric:tabular-nums
}
.bars .bar{margin:0;height:9px}
.bars .number{text-align:right;white-space:nowrap;color:var(--soft)}
.bars .most{font-weight:650}
.two{display:grid;grid-template-columns:repeat(auto-fill,minmax(440px,1fr));gap:18px;margin-top:18px}
.two .group{margin:0}
.doubts{display:grid;grid-template-columns:repeat(auto-fill,minmax(150px,1fr));gap:18px;margin-top:18px}
.doubts .face{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:8px 8px 10px}
.change{display:block;font-size:.84rem;margin-top:2px}
.change s{color:var(--bad);text-decoration-thickness:1.5px}
.change b{color:var(--good)}
@media(max-width:760px){
  .tiles.three{grid-template-columns:repeat(3,minmax(0,1fr))}
  .picks,.two{grid-template-columns:minmax(0,1fr)}
  .faces.typical{grid-template-columns:repeat(4,minmax(0,1fr))}
  .shots{grid-template-columns:minmax(0,1fr)}
  .doubts{grid-template-columns:repeat(2,minmax(0,1fr))}
  .looks{grid-template-columns:96px minmax(0,1fr)}
  .group{padding:14px}
}
@media print{.pick{break-inside:avoid}}
`;
