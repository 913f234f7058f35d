import { above0, invalidOption, refuseUnknown, rules } from "@semblant/core/internals";
import { where as choose, type Tensor } from "@semblant/torch";
import { knownPosterior, mostOf } from "./labels.ts";
import { inFullPrecision, type Loss, makeLoss } from "./loss.ts";
import { declareLoss } from "./loss-declaration.ts";
import { Proxies } from "./proxies.ts";

export interface ArcFaceOptions {
  /** By how many degrees nearer to its own class than to any other an embedding has to lie, m; 0 to 180. */
  readonly margin?: number;
  /** What cosines are multiplied by before the softmax, s. */
  readonly scale?: number;
}

/** A {@link Loss} that surely has a head. */
export type ArcFace = Loss & { readonly module: Proxies; readonly posterior: (embeddings: Tensor) => Tensor };

export default declareLoss<ArcFaceOptions>({
  name: "arcface",
  title: "ArcFace",
  source: "Deng, Guo, Xue and Zafeiriou 2019, eq. 3",
  options: {
    margin: {
      rule: rules.orNone(rules.above0(1e-6, 1e6)),
      default: null,
      help: "Degrees by which the angle to one's own class is widened (28.6).",
    },
    scale: { rule: rules.orNone(rules.above0(1e-6, 1e6)), default: null, before: null, help: "What cosines are multiplied by (64)." },
  },
  normalizes: true,
  learnsClasses: true,
  make: (options, { dimensions, classes }) => arcFace(dimensions, classes, options),
});

/**
 * ArcFace: softmax over the angles to a learned direction for each class, that to one's own widened by a margin.
 *
 * With θⱼ the angle between f(x) and the direction of class j and y the class of x,
 *
 *   L = mean of −log( exp(s cos(θᵧ + m)) / (exp(s cos(θᵧ + m)) + Σⱼ≠ᵧ exp(s cos θⱼ)) )
 *
 * Where θᵧ + m passes 180° the logit goes on falling as s(cos θᵧ − m sin m). Deng, Guo, Xue and Zafeiriou 2019, "ArcFace:
 * additive angular margin loss for deep face recognition", eq. 3; pytorch-metric-learning's ArcFaceLoss. With votes, the
 * margin is that of the class with most, and the cross-entropy is taken against the votes.
 *
 * From above 0 (with votes, their entropy) without an upper end. Order of rows and the length of any embedding or direction
 * change nothing; nor does a rotation of both together. An embedding that points just along or against its class's direction
 * has gradient 0 from the margin, where its slope has no end. The directions are `module` (weight (classes, dimensions)):
 * train, move and save it with the network. `posterior` is softmax(s cos θ), without the margin.
 *
 * @param dimensions columns of the embeddings
 * @param classes number of classes
 * @param options margin in degrees, from 0 to below 180 (28.6, the paper's 0.5 rad), scale s above 0 (64)
 * @returns a {@link Loss}: embeddings (batch, dimensions), labels (batch) or votes (batch, classes) → scalar
 * @throws OptionError if dimensions or classes is not a whole number above 0, or an option is out of range
 * @throws ShapeError when called, if embeddings or votes have other columns than those, or a label is no class
 *
 * @example
 * const loss = arcFace(64, 8);
 * loss.module.numberOfParameters(); // 512
 */
export function arcFace(dimensions: number, classes: number, options: ArcFaceOptions = {}): ArcFace {
  const where = "arcFace";
  refuseUnknown(where, options, ["margin", "scale"]);
  const { margin = 28.6, scale = 64 } = options;
  if (!(margin >= 0 && margin < 180)) throw invalidOption(where, "margin", "degrees from 0 to below 180", margin);
  above0(where, "scale", scale);
  const module = new Proxies(where, dimensions, classes, "normal");
  const m = (margin * Math.PI) / 180;

  const parts = {
    name: where,
    settings: { dimensions, classes, margin, scale },
    module,
    normalized: true,
    posterior: (embeddings: Tensor) => inFullPrecision(embeddings, (wide) => module.forward(wide).mul(scale).softmax(1)),
  };
  return makeLoss(parts, (embeddings, labels) => {
    const known = knownPosterior(where, labels, embeddings, classes);
    const cosine = module.forward(embeddings); //                                       cos θ     (batch, classes)
    const sine = cosine.square().neg().add(1).clamp(TINY).sqrt(); //                    sin θ, with gradient 0 where it is 0
    const wider = cosine.mul(Math.cos(m)).sub(sine.mul(Math.sin(m))); //                cos(θ + m)
    const marked = choose(cosine.ge(-Math.cos(m)), wider, cosine.sub(m * Math.sin(m)));
    const logits = choose(mostOf(known).gt(0), marked, cosine).mul(scale);
    return known.mul(logits.logSoftmax(1)).sum(1).mean().neg();
  }) as ArcFace;
}

/** Below what any sin² that is not 0 has in float32. */
const TINY = 1e-12;
