/** A float32 array with its shape: what goes into a network and comes out. */
export interface NetworkTensor {
  readonly data: Float32Array;
  readonly shape: readonly number[];
}

/** A network that is loaded and ready to run. */
export interface Session {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  run(feeds: Readonly<Record<string, NetworkTensor>>): Promise<Readonly<Record<string, NetworkTensor>>>;
  /** Frees its memory; it must not run afterwards. */
  close(): Promise<void>;
}

/** What runs networks. It is handed in, so that nothing here asks whether it is in Node or in a page. */
export interface Runtime {
  open(model: Uint8Array): Promise<Session>;
}
