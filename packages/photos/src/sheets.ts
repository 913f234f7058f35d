export { albumSheet } from "./sheets/album-sheet.ts";
export { auditSheet } from "./sheets/audit-sheet.ts";
export { bestSheet } from "./sheets/best-sheet.ts";
export { classifySheet } from "./sheets/classify-sheet.ts";
export { clusterSheet } from "./sheets/cluster-sheet.ts";
export type { SheetMaking } from "./sheets/sheet.ts";
export { writeSheet } from "./sheets/write-sheet.ts";
