import { dataOverrides } from "../flags/data-words.ts";
import { loadLab } from "../lab/load-lab.ts";
import { page } from "../pages/evaluate.ts";
import { commandOf } from "../terminal/command.ts";

export const command = commandOf(page, async ([run, settings], { compare: other, report, ...flags }, terminal) => {
  const { compareSpaces, evaluateSpace, formatComparison, formatEvaluation, loadCharts, summaryOf, writeReport } = await loadLab();
  const options = { ...flags, overrides: dataOverrides("evaluate", "<run>", settings) };
  if (report !== undefined) await loadCharts(); // what is missing for the report is said before the work
  const evaluated = await evaluateSpace(run, options, terminal.live);
  terminal.endLive();
  terminal.print(formatEvaluation(evaluated, terminal.color));
  const second = other === undefined ? undefined : await evaluateSpace(other, { ...options, like: evaluated }, terminal.live);
  terminal.endLive();
  const comparison = second && compareSpaces(evaluated, second);
  if (second && comparison)
    terminal.print(`\n${formatEvaluation(second, terminal.color)}\n\n${formatComparison(evaluated, second, comparison)}`);
  if (report !== undefined) {
    terminal.live("drawing the report ...");
    await writeReport(report, evaluated);
    terminal.endLive();
    terminal.print(`\nreport: ${report} (holds copies of faces)`);
  }
  terminal.result({ ...summaryOf(evaluated), second: second && summaryOf(second), comparison, report });
  return 0;
});
