// `npm run photos -- album ~/Pictures`: sets up what photos need (no libtorch), and runs the command with these arguments.

import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { runStoppable } from "./run-stoppable.mjs";
import { isSetUp, SetUpError, setUp } from "./setup.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

try {
  const { node, env } = setUp({ native: false, quiet: isSetUp() });
  const { status } = await runStoppable(node, [join(root, "packages/semblant/dist/cli.js"), ...process.argv.slice(2)], {
    cwd: process.env.INIT_CWD ?? process.cwd(), // where the person is: npm starts scripts in the root
    env,
    stdio: "inherit",
  });
  process.exitCode = status;
} catch (error) {
  if (!(error instanceof SetUpError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
