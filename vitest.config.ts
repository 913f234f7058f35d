import { join } from "node:path";
import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { conditions: ["semblant-source", "node", "import", "default"] },
  ssr: { resolve: { conditions: ["semblant-source", "node", "import", "default"] } },
  test: {
    include: ["packages/*/src/**/*.test.ts", "test/**/*.test.ts"],
    pool: "forks",
    maxWorkers: 2,
    testTimeout: 300_000,
    hookTimeout: 300_000,
    env: {
      OMP_NUM_THREADS: "1",
      NODE_COMPILE_CACHE: join(import.meta.dirname, "node_modules/.cache/compile"), // a command starts in half the time from it
    },
  },
});
