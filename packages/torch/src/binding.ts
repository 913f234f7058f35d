import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { EngineError } from "@semblant/core";
import type { Native } from "./native.ts";

/** Where the compiled addon is looked for: the variable SEMBLANT_TORCH_ADDON, else `build/torch.node` of this package. */
const place = (): string => process.env.SEMBLANT_TORCH_ADDON ?? fileURLToPath(new URL("../build/torch.node", import.meta.url));

let loaded: Native | EngineError | undefined;

/** The addon, loaded at the first call. Throws an {@link EngineError} that says what was tried and what to do. */
export function native(): Native {
  loaded ??= load();
  if (loaded instanceof EngineError) throw loaded;
  return loaded;
}

/**
 * True when libtorch can be loaded (it is then), else the error that says why not.
 *
 * @example
 * loadable(); // true
 */
export function loadable(): true | EngineError {
  loaded ??= load();
  return loaded instanceof EngineError ? loaded : true;
}

function load(): Native | EngineError {
  const path = place();
  try {
    return createRequire(import.meta.url)(path) as Native;
  } catch (cause) {
    const reason = existsSync(path) ? String((cause as Error).message).split("\n")[0] : "not built";
    return new EngineError(
      `@semblant/torch: libtorch will not load (${process.platform}-${process.arch}, Node ${process.versions.node}).\n` +
        `  tried ${path}: ${reason}\n` +
        "  - Debian, Ubuntu:  apt-get install -y libtorch-dev libgloo-dev libopenblas0-pthread cmake g++ && npx @semblant/torch build\n" +
        "  - elsewhere:       LIBTORCH=/path/to/libtorch npx @semblant/torch build   (also a pip-installed torch's folder)",
      { cause },
    );
  }
}
