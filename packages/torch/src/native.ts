/** What the addon offers, written by hand from native/addon.cc; only this folder imports it. */

declare const handle: unique symbol;

/** A tensor as C++ holds it: opaque here, released by `dispose` or at last by V8. */
export interface Handle {
  readonly [handle]: true;
}

declare const store: unique symbol;
declare const beat: unique symbol;
declare const group: unique symbol;
declare const sums: unique symbol;

/** c10d's store as C++ holds it. */
export interface StoreHandle {
  readonly [store]: true;
}

/** Sums of gradients under way, as C++ holds them. */
export interface GradientSumsHandle {
  readonly [sums]: true;
}

/** A thread that says that this process is alive, as C++ holds it. */
export interface BeatHandle {
  readonly [beat]: true;
}

/** A group of processes as C++ holds it. */
export interface GroupHandle {
  readonly [group]: true;
}

/** What an operator takes: converted by its schema; undefined takes the default, null is None. */
export type NativeValue = Handle | number | boolean | string | null | undefined | readonly NativeValue[];

export type NativeResult = Handle | number | boolean | null | readonly NativeResult[];

export type TypedArray = Float32Array | Float64Array | BigInt64Array | Int32Array | Uint8Array;

export interface Native {
  op(name: string, overload: string): number;
  call(operator: number, ...values: NativeValue[]): NativeResult;
  run(operator: number, ...values: NativeValue[]): void;
  convolution(x: Handle, weight: Handle, stride: number, padding: number): Handle | null;
  normalization(
    x: Handle,
    addend: Handle | null,
    vectors: readonly (Handle | null)[],
    momentum: number,
    eps: number,
    relu: boolean,
    group: GroupHandle | null,
  ): Handle | null;
  groupNormalization(group: GroupHandle, x: Handle, vectors: readonly (Handle | null)[], momentum: number, eps: number): Handle;
  create(values: ArrayBufferView, source: number, shape: readonly number[], dtype: number, device: string): Handle;
  data(tensor: Handle, raw: boolean): TypedArray;
  item(tensor: Handle): number;
  shape(tensor: Handle): number[];
  dtype(tensor: Handle): number;
  device(tensor: Handle): string;
  channelsLast(tensor: Handle): boolean;
  setData(tensor: Handle, values: Handle): void;
  dispose(tensor: Handle): void;
  liveTensors(): number;
  liveBytes(): number;
  backward(output: Handle, gradient: Handle | null): void;
  gradients(output: Handle, inputs: readonly Handle[]): (Handle | null)[];
  gradientOf(tensor: Handle): Handle | null;
  setGradient(tensor: Handle, gradient: Handle | null): void;
  requiresGrad(tensor: Handle): boolean;
  setRequiresGrad(tensor: Handle, flag: boolean): void;
  gradMode(): boolean;
  setGradMode(enabled: boolean): void;
  seed(seed: number): void;
  randomState(device: string): Handle;
  setRandomState(device: string, state: Handle): void;
  threads(): number;
  setThreads(count: number): void;
  autocast(device: string, enabled: boolean, dtype: number): [boolean, number];
  restoreAutocast(device: string, enabled: boolean, dtype: number): void;
  synchronize(): void;
  tune(enabled: boolean): void;
  tensorFloat32(enabled: boolean): void;
  lockFile(descriptor: number): boolean | null;
  watchInterruption(unbegun: string, begun: string, patient: boolean): void;
  interruptionBegun(): void;
  unwatchInterruption(): void;
  beginBackward(output: Handle): void;
  endBackward(): void;
  withGradients(tensors: readonly Handle[]): number[];
  clearGradients(tensors: readonly Handle[]): void;
  gradientNorm(tensors: readonly Handle[]): Handle;
  scaleGradients(tensors: readonly Handle[], factor: number): void;
  adam(
    parameters: readonly Handle[],
    means: readonly Handle[],
    squares: readonly Handle[],
    largest: readonly Handle[] | null,
    numbers: readonly number[],
  ): boolean;
  sgd(
    parameters: readonly Handle[],
    velocities: readonly Handle[] | null,
    rate: number,
    momentum: number,
    nesterov: boolean,
    decay: number,
  ): boolean;
  average(averages: readonly Handle[], values: readonly Handle[], share: number): void;
  exchange(tensors: readonly Handle[], others: readonly Handle[]): void;
  winogradWeights(weight: Handle): Handle | null;
  winograd(x: Handle, packed: Handle, filters: number, bias: Handle | null, addend: Handle | null, relu: boolean): Handle;
  openStore(address: string, port: number, keeps: boolean, seconds: number, prefix: string): StoreHandle;
  storeSet(store: StoreHandle, key: string, text: string): void;
  storeGet(store: StoreHandle, key: string, seconds: number): string | null;
  storeHas(store: StoreHandle, key: string): boolean;
  storeAdd(store: StoreHandle, key: string, number: number): number;
  closeStore(store: StoreHandle): void;
  startBeat(address: string, port: number, prefix: string, key: string): BeatHandle;
  stopBeat(beat: BeatHandle): void;
  routeTo(address: string, port: number): string | null;
  backends(): readonly string[];
  openGroup(store: StoreHandle, rank: number, size: number, backend: string, address: string, seconds: number, device: string): GroupHandle;
  groupSum(group: GroupHandle, tensors: readonly Handle[]): void;
  groupGather(group: GroupHandle, rows: Handle, counts: readonly number[]): Handle;
  groupBroadcast(group: GroupHandle, tensor: Handle, from: number): void;
  groupBarrier(group: GroupHandle): void;
  beginGradientSums(group: GroupHandle, parameters: readonly Handle[], backward: boolean): GradientSumsHandle;
  endGradientSums(sums: GradientSumsHandle): void;
  dropGradientSums(sums: GradientSumsHandle): void;
  groupSpent(group: GroupHandle): readonly [seconds: number, bytes: number, times: number];
  groupFailure(group: GroupHandle): string | null;
  cutGroup(group: GroupHandle): void;
  closeGroup(group: GroupHandle): void;
  about(): { libtorch: string; configuration: string; gpus: [name: string, capability: number][] };
}
