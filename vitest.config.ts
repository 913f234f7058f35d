import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

const conditions = ["semblant-source", "node", "import", "default"];

/** Packages whose tests leave nothing behind: their files share a process, which starts once for all of them. */
const sharing = "packages/{answers,api,core,datasets,faces,files,torch,training,web}/src/**/*.test.ts";

/** The files that take minutes begin first, so that no core waits at the end for one that began last. */
class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification) => /\/test\/|\/semblant\/src\/commands\//.test(moduleId);
    const sorted = await super.sort(files);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    pool: "forks",
    maxWorkers: 3, // for two cores: tests of commands and of the app wait for other processes
    sequence: { sequencer: LongFirst },
    testTimeout: 300_000,
    hookTimeout: 300_000,
    env: { OMP_NUM_THREADS: "1" },
    projects: [
      { extends: true, test: { name: "shared", include: [sharing], isolate: false } },
      { extends: true, test: { name: "alone", include: ["packages/{lab,photos,semblant}/src/**/*.test.ts", "test/**/*.test.ts"] } },
    ],
  },
});
