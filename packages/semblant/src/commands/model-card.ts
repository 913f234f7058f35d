import { cardOf, cardText, readModel } from "@semblant/photos";
import type { CommandPage } from "../terminal/page.ts";
import type { CommandModule } from "./command.ts";

export const page: CommandPage = {
  name: "model card",
  usage: "[model]",
  sentence: "Say what a model is, how well it was measured to do, what it may not be used for and where it comes from.",
  examples: [
    ["semblant model card", "the model that ships"],
    ["semblant model card small", "the one for the browser"],
    ["semblant model card m.onnx > m.md", "one of semblant export"],
  ],
  arguments: ["[model]"],
  options: [],
  notes: ["Models are best, small, or a file of semblant export. The card is inside the file; --json is all of it, Gaussians included."],
};

export const command: CommandModule = {
  page,
  async run([model], _options, terminal) {
    const bytes = await readModel((model as string | undefined) ?? "best");
    const card = cardOf(bytes);
    terminal.print(cardText(card, { bytes: bytes.length }).trimEnd());
    terminal.result(card);
    return 0;
  },
};
