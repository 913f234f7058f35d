import { defineConfig } from "vitest/config";

const conditions = ["semblant-source", "node", "import", "default"];

/** Packages whose tests leave nothing behind: their files share a process, which starts once for all of them. */
const sharing = "packages/{answers,api,core,datasets,faces,files,torch,training,web}/src/**/*.test.ts";

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    pool: "forks",
    maxWorkers: 2,
    testTimeout: 300_000,
    hookTimeout: 300_000,
    env: { OMP_NUM_THREADS: "1" },
    projects: [
      { extends: true, test: { name: "shared", include: [sharing], isolate: false } },
      { extends: true, test: { name: "alone", include: ["packages/{lab,photos,semblant}/src/**/*.test.ts", "test/**/*.test.ts"] } },
    ],
  },
});
