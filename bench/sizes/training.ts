import type { NodeKind } from "../communication-table.ts";
import type { Assumed } from "./assumed.ts";

/** Machines that train together, and the network between them. */
export interface Cluster {
  readonly nodes: number;
  /** Gbit/s; of no matter for one. */
  readonly network: number;
  readonly kind: NodeKind;
}

/** Hours of a training, and what they cost. */
export interface TrainingTime {
  readonly hours: number;
  readonly price: number;
}

/**
 * How long a training takes that sees so many faces, all epochs together. Each node has as many faces of a batch as were measured; what
 * communication takes is by the model of bench/communication-model.ts.
 *
 * @param batch faces of the step that was measured
 */
export function trainingTime(
  faces: number,
  { nodes, network, kind }: Cluster,
  { batch, assumed }: { batch: number; assumed: Assumed },
): TrainingTime {
  const facesPerSecond = ((nodes * batch) / kind.seconds) * kind.share(nodes, network);
  const hours = faces / facesPerSecond / 3600;
  return { hours, price: hours * nodes * (kind.cores === 0 ? assumed.gpuHour : kind.cores * assumed.coreHour) };
}
