import type { Audit } from "../../../client/shapes.ts";
import { useLanguage, useWords } from "../../../strings/language.ts";
import { percent } from "../../../strings/numbers.ts";

type Said = Audit["doubtful"][number]["witnesses"];

/** How a witness puts what it gives the label, 0 to 1. */
export function wordFor(share: number): "borneOut" | "doubted" | "against" | "ruledOut" {
  if (share >= 0.5) return "borneOut";
  if (share >= 0.25) return "doubted";
  return share >= 0.05 ? "against" : "ruledOut";
}

/** Who was asked about the label, and what each said, in words; the figure stands beside. */
export function Witnesses({ witnesses }: { readonly witnesses: Said }) {
  const { labels } = useWords();
  const { language } = useLanguage();
  const { title, one, ...words } = labels.witnesses;
  return (
    <section>
      <h3>{title}</h3>
      <ul className="witnesses">
        {(["model", "gaussians", "neighbors"] as const).map((who) => {
          const share = witnesses[who];
          if (share === undefined) return null;
          const word = wordFor(share);
          return (
            <li key={who}>
              <span>{words[who]}</span>
              <span>{who === "model" ? one[word] : words[word]}</span>
              <span className="soft numbers">{percent(share, language)}</span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
