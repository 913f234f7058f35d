#!/usr/bin/env node
// The command's entry, and the only file that exits. An old Node must be able to read it as far as the sentence that refuses it,
// so everything else is imported afterwards.
import { oldNodeSentence } from "./node-version.ts";

const tooOld = oldNodeSentence(process.versions.node);
if (tooOld !== undefined) {
  process.stderr.write(`${tooOld}\n`);
  process.exit(1);
}

import("./program.ts")
  .then(({ runProgram }) => runProgram(process.argv.slice(2), { stdout: process.stdout, stderr: process.stderr, env: process.env }))
  .then(async (status) => {
    // A pipe may still hold output; leave only when it is through.
    await Promise.all([process.stdout, process.stderr].map((stream) => new Promise((done) => stream.write("", done))));
    process.exit(status);
  });
