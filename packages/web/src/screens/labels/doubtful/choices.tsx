import { useClasses } from "../../../client/library.ts";
import type { Audit } from "../../../client/shapes.ts";
import { Button } from "../../../design/button.tsx";
import { ClassMark } from "../../../design/classes.tsx";
import { CheckIcon } from "../../../design/icons/signs.tsx";
import { useWords } from "../../../strings/language.ts";
import { KeyButton } from "../parts/key-button.tsx";
import { type Decision, type Doubtful, meaningOf } from "./decision.ts";

export interface GivenProps {
  readonly shown: Doubtful;
  readonly audit: Audit;
  readonly decision: Decision | undefined;
  readonly onTakeBack: () => void;
}

export interface ChoicesProps {
  readonly shown: Doubtful;
  readonly audit: Audit;
  readonly isDisabled: boolean;
  readonly canUndo: boolean;
  readonly on: {
    readonly keep: () => void;
    readonly take: () => void;
    readonly decide: (decision: Decision) => void;
    readonly undo: () => void;
    readonly skip: () => void;
  };
}

/** What the label is, what the face looks like to the model, and what a person said to it. */
export function Given({ shown, audit, decision, onTakeBack }: GivenProps) {
  const { labels, look } = useWords();
  const classes = useClasses();
  const meant = meaningOf(audit, shown.suggested);
  return (
    <div className="doubtful-given">
      <p>
        {labels.labelled} <strong className="name">“{shown.given}”</strong>
      </p>
      <p>
        <span className="soft">{labels.looksLike}</span>
        <strong className="look">
          <ClassMark name={meant} classes={classes} />
          {look(meant)}
        </strong>
      </p>
      {shown.forAPerson && <p className="soft">{labels.forAPerson}</p>}
      <p className="decided" role="status">
        {decision !== undefined && (
          <>
            <CheckIcon />
            {wordsOf(decision, shown, { audit, labels, look })}
            <Button kind="inline" onPress={onTakeBack}>
              {labels.takeBack}
            </Button>
          </>
        )}
      </p>
    </div>
  );
}

/** What a person can say to a doubtful label. */
export function Choices({ shown, audit, isDisabled, canUndo, on }: ChoicesProps) {
  const { labels, look } = useWords();
  const classes = useClasses();
  const meant = meaningOf(audit, shown.suggested);
  return (
    <div className="choices">
      {isDisabled && <p className="soft">{labels.readonly}</p>}
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset's legend cannot be hidden from a grid */}
      <div className="choices-two" role="group" aria-label={labels.decide}>
        <KeyButton hint="K" onPress={on.keep} isDisabled={isDisabled}>
          {labels.keep(shown.given)}
        </KeyButton>
        <KeyButton hint="T" onPress={on.take} isDisabled={isDisabled}>
          {labels.take(look(meant))}
        </KeyButton>
      </div>
      <p className="soft">{labels.another}</p>
      {/* biome-ignore lint/a11y/useSemanticElements: as above */}
      <div className="choices-classes" role="group" aria-label={labels.another}>
        {classes.map((name, i) => (
          <KeyButton
            key={name}
            hint={i < 9 ? String(i + 1) : ""}
            icon={<ClassMark name={name} classes={classes} />}
            onPress={() => on.decide({ kind: "label", label: name })}
            isDisabled={isDisabled}
          >
            {look(name)}
          </KeyButton>
        ))}
        <KeyButton hint="X" onPress={() => on.decide({ kind: "not a face" })} isDisabled={isDisabled}>
          {labels.notFace}
        </KeyButton>
      </div>
      <div className="row tight choices-more">
        <KeyButton hint="S" kind="quiet" onPress={on.skip}>
          {labels.skip}
        </KeyButton>
        <KeyButton hint="U" kind="quiet" onPress={on.undo} isDisabled={!canUndo}>
          {labels.undo}
        </KeyButton>
      </div>
    </div>
  );
}

function wordsOf(
  decision: Decision,
  { given }: Doubtful,
  { audit, labels, look }: { readonly audit: Audit } & Pick<ReturnType<typeof useWords>, "labels" | "look">,
): string {
  if (decision.kind === "not a face") return labels.wasNotFace;
  return decision.label === meaningOf(audit, given) ? labels.wasKept : labels.wasChanged(look(decision.label));
}
