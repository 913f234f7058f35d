import { above0, invalidOption, refuseUnknown, rules } from "@semblant/core/internals";
import { cat, type Tensor, zeros } from "@semblant/torch";
import { knownPosterior, mostOf } from "./labels.ts";
import { type Loss, makeLoss } from "./loss.ts";
import { declareLoss } from "./loss-declaration.ts";
import { NOTHING } from "./pairs.ts";
import { Proxies } from "./proxies.ts";

export interface ProxyAnchorOptions {
  /** δ: how much above 0 the cosine with one's own proxy is to be, and how much below with others'. */
  readonly margin?: number;
  /** α: how much the hardest rows outweigh the others. */
  readonly scale?: number;
}

/** A {@link Loss} that surely has proxies. */
export type ProxyAnchor = Loss & { readonly module: Proxies };

export default declareLoss<ProxyAnchorOptions>({
  name: "proxy-anchor",
  title: "proxy-anchor loss",
  source: "Kim, Kim, Cho and Kwak 2020, eq. 4",
  options: {
    margin: {
      rule: rules.orNone(rules.above0(1e-6, 1e6)),
      default: null,
      help: "How far above 0 the cosine with one's own proxy is to be (0.1).",
    },
    scale: {
      rule: rules.orNone(rules.above0(1e-6, 1e6)),
      default: null,
      before: null,
      help: "How much the hardest rows outweigh the others (32).",
    },
  },
  normalizes: true,
  learnsClasses: true,
  make: (options, { dimensions, classes }) => proxyAnchor(dimensions, classes, options),
});

/**
 * Proxy-anchor loss: each class has a learned proxy, which draws the class's rows and pushes the others off, hardest first.
 *
 * With s the cosine of a row x and a proxy p, X⁺ₚ the batch's rows of p's class, X⁻ₚ the others, P all proxies and P⁺ those
 * whose class is in the batch,
 *
 *   L = 1/|P⁺| Σₚ∈P⁺ log( 1 + Σₓ∈X⁺ₚ exp(−α(s(x, p) − δ)) ) + 1/|P| Σₚ∈P log( 1 + Σₓ∈X⁻ₚ exp(α(s(x, p) + δ)) )
 *
 * Kim, Kim, Cho and Kwak 2020, "Proxy anchor loss for deep metric learning", eq. 4; pytorch-metric-learning's ProxyAnchorLoss.
 *
 * From 0 without an upper end. Order of rows and the length of any embedding or proxy change nothing; nor does a rotation of
 * embeddings and proxies together. A class that the batch lacks has no first term; a class with one image is like any other.
 * The proxies are `module` (weight (classes, dimensions)): train, move and save it with the network. Votes count for the
 * class with most.
 *
 * @param dimensions columns of the embeddings
 * @param classes number of classes
 * @param options margin δ from 0 (0.1), scale α above 0 (32)
 * @returns a {@link Loss}: embeddings (batch, dimensions), labels (batch) or votes (batch, classes) → scalar
 * @throws OptionError if dimensions or classes is not a whole number above 0, or an option is out of range
 * @throws ShapeError when called, if embeddings or votes have other columns than those, or a label is no class
 *
 * @example
 * const loss = proxyAnchor(64, 8);
 * loss.module.numberOfParameters(); // 512
 */
export function proxyAnchor(dimensions: number, classes: number, options: ProxyAnchorOptions = {}): ProxyAnchor {
  const where = "proxyAnchor";
  refuseUnknown(where, options, ["margin", "scale"]);
  const { margin = 0.1, scale = 32 } = options;
  if (!(margin >= 0 && margin < Infinity)) throw invalidOption(where, "margin", "a number from 0", margin);
  above0(where, "scale", scale);
  const module = new Proxies(where, dimensions, classes, "kaiming");

  const parts = { name: where, settings: { dimensions, classes, margin, scale }, module, normalized: true };
  return makeLoss(parts, (embeddings, labels) => {
    const own = mostOf(knownPosterior(where, labels, embeddings, classes)).gt(0); //       (batch, classes)
    const s = module.forward(embeddings);
    const drawn = logOf1PlusSum(s.sub(margin).mul(-scale), own).sum(); //                   over P⁺: a class without rows has log 1
    const pushed = logOf1PlusSum(s.add(margin).mul(scale), own.logicalNot()).sum();
    const present = own.to(s.dtype).amax(0).sum();
    return drawn.div(present).add(pushed.div(classes));
  }) as ProxyAnchor;
}

/** log(1 + Σ exp) of each column, over the rows under the mask. */
function logOf1PlusSum(exponents: Tensor, mask: Tensor): Tensor {
  const one = zeros([1, exponents.shape[1] as number], { dtype: exponents.dtype, device: exponents.device });
  return cat([one, exponents.maskedFill(mask.logicalNot(), NOTHING)]).logsumexp(0);
}
