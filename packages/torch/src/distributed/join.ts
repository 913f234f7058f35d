import { EngineError } from "@semblant/core";
import { invalidOption } from "@semblant/core/internals";
import { native } from "../binding.ts";
import type { Device } from "../place.ts";
import { backendFor, checkBackend, type ProcessGroupBackend } from "./backends.ts";
import { meet, nobodyAt } from "./meeting.ts";
import { ProcessGroup } from "./process-group.ts";
import { KeyStore, type StorePlace } from "./store.ts";

/** Which group a process joins, and as whom. */
export interface ProcessGroupOptions {
  /** The number of this process, from 0. */
  readonly rank: number;
  /** How many processes there are. */
  readonly size: number;
  /** Where rank 0 runs: a name or a number that all machines reach it by. */
  readonly address: string;
  /** A free port there, which rank 0 opens; 0 is any, where there is one process. */
  readonly port: number;
  /** Where this rank's tensors lie: "cpu", or the GPU that no other rank has. */
  readonly device?: Device;
  /** Without it "nccl" for a GPU where the addon has it, else "gloo". The same on all ranks. */
  readonly backend?: ProcessGroupBackend;
  /** How long one waits for the others, in seconds: 600 unless told otherwise. */
  readonly timeLimit?: number;
  /** Where a launcher keeps a store at address and port (torchrun does): what its keys begin with, another text for each start. */
  readonly launcherStore?: string;
}

/**
 * Joins a group of processes that compute one thing together; comes back when all are there. Nothing is encrypted: use it in a network
 * that is yours.
 *
 * @throws OptionError for a rank, size, port or time limit out of range
 * @throws EngineError if the port is in use, ranks do not come in time or were told different sizes, or the addon lacks the backend
 *
 * @example
 * const group = joinProcessGroup({ rank: 0, size: 1, address: "127.0.0.1", port: 0 });
 * group.allReduce([ones([2])]);
 * group.close();
 */
export function joinProcessGroup(options: ProcessGroupOptions): ProcessGroup {
  const { rank, size, address, port, device = "cpu", timeLimit = 600, launcherStore } = options;
  const { backend = backendFor(device) } = options;
  const whole = (name: string, value: number, from: number, to: number) => {
    if (!Number.isInteger(value) || value < from || value > to)
      throw invalidOption("joinProcessGroup", name, `a whole number from ${from} to ${to}`, value);
  };
  whole("size", size, 1, 65_536);
  whole("rank", rank, 0, size - 1);
  whole("port", port, size === 1 ? 0 : 1, 65_535);
  if (!(timeLimit > 0 && timeLimit <= 1e6)) throw invalidOption("joinProcessGroup", "timeLimit", "seconds above 0", timeLimit);
  checkBackend(backend);
  if (backend === "nccl" && device === "cpu")
    throw invalidOption("joinProcessGroup", "device", "this rank's GPU, where NCCL is used", device);
  const meeting = { rank, size, address, port, timeLimit, backend };
  const store = openStore({ ...meeting, keeps: rank === 0 && launcherStore === undefined, prefix: `${launcherStore ?? ""}/semblant` });
  try {
    const own = meet(store, meeting);
    const place = backend === "gloo" ? "cpu" : device;
    return new ProcessGroup(
      { rank, size, backend, timeLimit },
      native().openGroup(store.handle, rank, size, backend, own, timeLimit, place),
      store,
    );
  } catch (cause) {
    store.close();
    if (cause instanceof EngineError) throw cause;
    throw new EngineError(
      `joinProcessGroup: expected to connect to all ${size} ranks, but got: ${(cause as Error).message}\n` +
        "  Each machine has to reach each other, not rank 0 alone.",
      { cause },
    );
  }
}

/** Opens it here, or connects to it; c10d's reasons in plain words. */
function openStore(place: StorePlace): KeyStore {
  const { port, keeps } = place;
  try {
    return new KeyStore(place);
  } catch (cause) {
    if (!keeps) throw nobodyAt(place, cause);
    const why = (cause as Error).message;
    if (!/address already in use|EADDRINUSE/i.test(why))
      throw new EngineError(`joinProcessGroup: expected to open port ${port}, but got: ${why}`, { cause });
    throw new EngineError(
      `joinProcessGroup: expected port ${port} to be free, but another program listens there.\n` +
        "  Another training may be under way; a training of its own takes another MASTER_PORT.",
      { cause },
    );
  }
}
