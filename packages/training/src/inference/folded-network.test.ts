import { autocast, noGrad, randn, seed, setThreads, type Tensor, tidy } from "@semblant/torch";
import { beforeAll, describe, expect, it } from "vitest";
import { createNetwork } from "../catalog/networks.ts";
import type { EmbeddingNetwork } from "../networks/embedding-network.ts";
import { foldNetwork } from "./folded-network.ts";

beforeAll(() => setThreads(1));

/** One whose batch norms have seen images, with channels that fill a processor's vectors. */
function used(options: Parameters<typeof createNetwork>[0]): { network: EmbeddingNetwork; x: Tensor } {
  seed(1);
  const network = createNetwork({ baseChannels: 16, dimensions: 8, ...options }).to({ memoryFormat: "channelsLast" });
  const { channels, size } = network.input;
  const x = randn([5, channels, size, size]).contiguous("channelsLast");
  noGrad(() => tidy(() => [1, 2].forEach(() => void network.forward(x))));
  return { network: network.eval(), x };
}

/** The largest difference, as a share of the largest value. */
const off = (a: Tensor, b: Tensor): number => a.sub(b).abs().amax().item() / b.abs().amax().item();

describe("a folded network", () => {
  it.each([
    { name: "resnet18", stem: "3x3-pool" },
    { name: "resnet18", stem: "7x7", size: 40, channels: 3 },
    { name: "resnet18", stem: "3x3", size: 16, batchNorm: false },
    { name: "resnet18", size: 20, baseChannels: 4 },
    { name: "preactresnet18", size: 16 },
    { name: "preactresnet18", size: 16, batchNorm: false },
    { name: "fmpnet" },
    { name: "fmpnet", pooling: "max", batchNorm: false },
    { name: "cvgg13", size: 32 },
    { name: "alexnet", size: 64 },
  ])("gives what the network gives, to five digits: $name $stem $size $pooling $batchNorm", (options) => {
    const { network, x } = used(options);
    tidy(() => {
      const folded = foldNetwork(network, "float32");
      const expected = noGrad(() => network.forward(x));
      expect(off(folded?.forward(x) as Tensor, expected)).toBeLessThan(1e-5);
      folded?.dispose();
    });
    network.dispose();
  });

  it("is as near to float32 in bfloat16 as the network itself", () => {
    const { network, x } = used({ name: "resnet18", stem: "3x3-pool" });
    tidy(() => {
      const exact = noGrad(() => network.forward(x));
      const plain = noGrad(() => autocast("bfloat16", () => network.forward(x)).to("float32"));
      const folded = foldNetwork(network, "bfloat16");
      expect(off(folded?.forward(x) as Tensor, exact)).toBeLessThan(2 * off(plain, exact));
      folded?.dispose();
    });
  });

  it("is none of a network that nobody has declared", () => {
    const { network } = used({ name: "resnet18", size: 16 });
    expect(foldNetwork({ ...network, settings: { ...network.settings, name: "mine" } } as EmbeddingNetwork, "float32")).toBeUndefined();
  });
});
