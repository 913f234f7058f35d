import { modelCard } from "@semblant/photos";
import { page } from "../pages/model-card.ts";
import { commandOf } from "../terminal/command.ts";

export const command = commandOf(page, async ([model = "best"], _, terminal) => {
  const { card, text } = await modelCard(model);
  terminal.print(text.trimEnd());
  terminal.result(card);
  return 0;
});
