import { setThreads } from "@semblant/torch";
import { recordRun } from "./record.ts";

setThreads(1);
const [name, start, dir] = process.argv.slice(2) as [string, string, string];
await recordRun(dir, { experiment: "fer-plus-resnet18", name: `fer-plus-resnet18-${name}`, start: `fer-plus-resnet18-${start}` });
