import { apiPage } from "./api-page.ts";
import { commandsPage } from "./commands-page.ts";
import { dataSetsPage } from "./data-sets-page.ts";
import { lossesPage } from "./losses-page.ts";
import { metricsPage } from "./metrics-page.ts";
import { type Counts, networksPage } from "./networks-page.ts";
import type { ReferencePage } from "./page.ts";
import { settingsPage } from "./settings-page.ts";

/** The pages of the reference that are made of the code. */
export async function referencePages(counts: Counts | undefined): Promise<ReferencePage[]> {
  return [
    await commandsPage(),
    settingsPage(),
    await lossesPage(),
    metricsPage(),
    await networksPage(counts),
    await dataSetsPage(),
    await apiPage(),
  ];
}
