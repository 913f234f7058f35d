import type { AskedOfFaces, FaceSet } from "@semblant/answers";
import { DataError, EngineError, OptionError, ShapeError } from "@semblant/core";
import { proxy, type Remote, wrap } from "comlink";
import type { AskWorker } from "./ask-worker.ts";
import type { Asker } from "./asker.ts";
import { sendableSet } from "./sent-set.ts";

/** Asks in a worker of its own, so that pictures stay quick while a question takes long. Each set is sent once. */
export function workerAsker(): Asker {
  let remote: Remote<AskWorker> | undefined;
  const open = () => {
    remote ??= wrap<AskWorker>(new Worker(new URL("./ask-worker.ts", import.meta.url), { type: "module", name: "questions" }));
    return remote;
  };
  const numbers = new WeakMap<FaceSet, number>();
  let last = 0;
  const numberOf = async (set: FaceSet, anew: boolean) => {
    const known = anew ? undefined : numbers.get(set);
    if (known !== undefined) return known;
    const number = ++last;
    await open().take(number, sendableSet(set));
    numbers.set(set, number);
    return number;
  };
  return {
    ask: (set, asked) =>
      inOurClasses(async () => {
        const first = await open().ask(await numberOf(set, false), asked as AskedOfFaces);
        const { answer } = first ?? ((await open().ask(await numberOf(set, true), asked as AskedOfFaces)) as { readonly answer: unknown });
        return answer as never;
      }),
    adapt: (card, { embeddings, ...labels }, options, step) =>
      inOurClasses(() => open().adapt({ card, values: embeddings.values, ...labels }, options, proxy(step))),
  };
}

const classes = [OptionError, DataError, ShapeError, EngineError];

/** An error that crossed from a worker has its name and words left: it gets its class back. */
async function inOurClasses<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { name, message } = error as Error;
    const Ours = classes.find((one) => new one("").name === name);
    throw Ours === undefined ? error : new Ours(message);
  }
}
