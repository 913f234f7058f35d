#!/usr/bin/env node
// Puts the tables of experiments/results, bench/results and torture/results into README.md, docs/ and experiments/pages/:
// `node --conditions=semblant-source scripts/readme.mjs`.
import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { appTables } from "../bench/app-tables.ts";
import { communicationTables } from "../bench/communication-table.ts";
import { sizeTables } from "../bench/sizes/tables.ts";
import { speedTables } from "../bench/table.ts";
import { ablationTable } from "../experiments/ablation.ts";
import { adaptShortTable, adaptTable } from "../experiments/adapt.ts";
import { degradedTable } from "../experiments/degraded-faces.ts";
import { demoSeedsTable } from "../experiments/demo-seeds.ts";
import { networksTable, pairsTable } from "../experiments/fer-plus-networks.ts";
import { subdivisionTable } from "../experiments/fer-plus-subdivision.ts";
import { tablesPairs, tablesRows } from "../experiments/fer-plus-tables.ts";
import { framingsTable, groupFacesTable } from "../experiments/found-faces.ts";
import { hiddenSubclassesTable } from "../experiments/hidden-subclasses.ts";
import { leaveOneOutTable } from "../experiments/leave-one-out.ts";
import { peersTable } from "../experiments/peers.ts";
import { posedTable } from "../experiments/posed-model.ts";
import { resultsTable } from "../experiments/table.ts";
import { turnedFacesTable } from "../experiments/turned-faces.ts";
import { tortureTable } from "../torture/table.ts";
import { classTable, colorTable } from "./docs/design-tables.ts";

put("README.md", { peers: peersTable() });
put("docs/results.md", { results: resultsTable() });
put("docs/speed.md", speedTables());
put("docs/training.md", { ablation: ablationTable() });
put("docs/promises.md", { torture: tortureTable() });
put("docs/found-faces.md", { framings: framingsTable(), "group-faces": groupFacesTable(), "turned-faces": turnedFacesTable() });
put("docs/how-to/when-it-is-wrong.md", { adapt: adaptShortTable() });
put("docs/app-speed.md", appTables());
put("docs/how-to/train-on-several-machines.md", communicationTables());
put("docs/explanation/what-to-take-when.md", sizeTables());
put("docs/explanation/design-language.md", { colors: colorTable(), expressions: classTable() });
put("experiments/pages/adapt.md", { adapt: adaptTable() });
put("experiments/pages/degraded-faces.md", { degraded: degradedTable() });
put("experiments/pages/posed-model.md", { posed: posedTable() });
put("experiments/pages/leave-one-out.md", { "leave-one-out": leaveOneOutTable() });
put("experiments/pages/demo-seeds.md", { "demo-seeds": demoSeedsTable() });
put("experiments/pages/fer-plus-networks.md", { networks: networksTable(), pairs: pairsTable() });
put("experiments/pages/fer-plus-subdivision.md", { subdivision: subdivisionTable() });
put("experiments/pages/fer-plus-tables.md", { tables: tablesRows(), "table-pairs": tablesPairs() });
put("experiments/pages/hidden-subclasses.md", { "hidden-subclasses": hiddenSubclassesTable() });

function put(file, tables) {
  const path = resolve(import.meta.dirname, "..", file);
  let text = readFileSync(path, "utf8");
  for (const [name, table] of Object.entries(tables)) {
    text = text.replace(new RegExp(`<!-- ${name} -->[\\s\\S]*?<!-- /${name} -->`), () => `<!-- ${name} -->\n${table}\n<!-- /${name} -->`);
  }
  writeFileSync(path, text);
}
