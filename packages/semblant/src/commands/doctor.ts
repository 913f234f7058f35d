import { examineMachine } from "../machine/examine-machine.ts";
import { page } from "../pages/doctor.ts";
import { formatDiagnosis } from "../tables/diagnosis-table.ts";
import { commandOf } from "../terminal/command.ts";

export const command = commandOf(page, async (_, options, terminal) => {
  terminal.live(options.timing === false ? "looking ..." : "timing a training step ...");
  const diagnosis = await examineMachine(options);
  terminal.endLive();
  terminal.print(formatDiagnosis(diagnosis));
  terminal.result(diagnosis);
  return "error" in diagnosis.engine || diagnosis.models.missing.length > 0 ? 1 : 0;
});
