import { type Ask, differenceOf, type LibraryRows, rowsOf, undisturbed } from "../library-rows.ts";
import { type Ended, faultOf } from "../verdict.ts";
import type { Corruption } from "./corruption.ts";

const questions = (folder: string) => [
  ["album", folder, "--no-index", "--json", "-q"],
  ["search", "happy", "--in", folder, "--json", "-q"],
  ["search", "3", "--in", folder, "--json", "-q"],
  ["best", folder, "--no-index", "--json", "-q"],
  ["cluster", folder, "--no-index", "--json", "-q"],
];

const right = new Map<string, Promise<string>>();

/** An answer without the folder it is about. */
const answerOf = ({ status, stdout }: Ended, folder: string) => `${status} ${stdout.replaceAll(folder, "")}`;

/** One byte of the library's file: found by `library check`, or no answer differs; `library repair` and an index bring all of it back. */
export const corruptLibrary: Corruption = {
  name: "library.sqlite",
  parts: ["indexed"],
  source: ({ indexed }) => indexed,
  file: ".semblant/library.sqlite",
  async tryOnce({ stock, folder, random, ask }) {
    const check = await judged(ask, ["library", "check", folder]);
    if (check.fault !== undefined) return { fault: `library check: ${check.fault}`, found: false };
    const found = check.ended.status !== 0;

    const which = random.integer(questions("").length);
    const question = questions(folder)[which] as string[];
    const { ended, fault } = await judged(ask, question);
    if (fault !== undefined) return { fault: `${question[0]}: ${fault}`, found };
    const key = `${stock.indexed} ${which}`;
    const known = right.get(key) ?? ask(questions(stock.indexed)[which] as string[]).then((one) => answerOf(one, stock.indexed));
    right.set(key, known);
    if (!found && answerOf(ended, folder) !== (await known))
      return { fault: `check finds nothing but ${question[0]} answers otherwise`, found };

    const whole = await undisturbed(stock.indexed, ask);
    if (!found) {
      const rows = await rowsOf(folder, ask);
      if ("refused" in rows) return { fault: `check finds nothing but export refuses: ${rows.refused.slice(0, 200)}`, found };
      const different = differenceOf(rows.faces, whole.faces) ?? differenceOf(rows.photos, whole.photos);
      return { ...(different !== undefined && { fault: `check finds nothing, but of its rows ${different}` }), found };
    }
    return { ...(await faultOfRepair(folder, ask, whole)), found };
  },
};

async function judged(ask: Ask, args: readonly string[]): Promise<{ readonly ended: Ended; readonly fault: string | undefined }> {
  const ended = await ask(args);
  return { ended, fault: faultOf(ended) };
}

async function faultOfRepair(folder: string, ask: Ask, whole: LibraryRows): Promise<{ fault?: string }> {
  const repair = await judged(ask, ["library", "repair", folder]);
  if (repair.fault !== undefined) return { fault: `library repair: ${repair.fault}` };
  if (repair.ended.status !== 0) return { fault: `library repair refuses: ${repair.ended.stderr.trim().slice(0, 300)}` };
  const index = await judged(ask, ["index", folder, "-q", "-w", "1"]);
  if (index.fault !== undefined || index.ended.status !== 0)
    return { fault: `index after repair: ${index.fault ?? index.ended.stderr.slice(-300)}` };
  const check = await judged(ask, ["library", "check", folder]);
  if (check.fault !== undefined || check.ended.status !== 0)
    return { fault: `after repair check still finds: ${check.ended.stdout.slice(0, 400)}` };
  const rows = await rowsOf(folder, ask);
  if ("refused" in rows) return { fault: `after repair export refuses: ${rows.refused.slice(0, 200)}` };
  const [photos, faces] = [differenceOf(rows.photos, whole.photos), differenceOf(rows.faces, whole.faces)];
  if (photos !== undefined || faces !== undefined) return { fault: `after repair and index ${photos ?? faces}` };
  if (rows.corrections < whole.corrections && !/correction/.test(repair.ended.stdout))
    return { fault: "repair lost a correction without a word" };
  return {};
}
