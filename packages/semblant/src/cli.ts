#!/usr/bin/env node
// The command's entry, and the only file that exits. An old Node must be able to read it as far as the sentence that refuses it,
// so everything else is imported afterwards.
import { oldNodeSentence } from "./terminal/node-version.ts";

const tooOld = oldNodeSentence(process.versions.node);
if (tooOld !== undefined) {
  process.stderr.write(`${tooOld}\n`);
  process.exit(1);
}

// What comes out may not get anywhere: a reader that has enough (head) ends it quietly, a full disk says so.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  process.stderr.write(
    `DataError: the output cannot be written: ${error.code === "ENOSPC" ? "no space is left on the device" : error.code}.\n`,
  );
  process.exit(1);
});
process.stderr.on("error", () => {}); // nobody is left to be told

import("./program.ts")
  .then(({ runProgram }) => runProgram(process.argv.slice(2), { stdout: process.stdout, stderr: process.stderr, env: process.env }))
  .then(async (status) => {
    // A pipe may still hold output; leave only when it is through.
    await Promise.all([process.stdout, process.stderr].map((stream) => new Promise((done) => stream.write("", done))));
    process.exit(status);
  });
