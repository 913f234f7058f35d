import { useClasses } from "../../../client/library.ts";
import { Button, LinkButton } from "../../../design/button.tsx";
import { Look } from "../../../design/classes.tsx";
import { LabelsIcon } from "../../../design/icons/screens.tsx";
import { Empty } from "../../../design/states.tsx";
import { useWords } from "../../../strings/language.ts";

/** A library without labelled folders: how labels come, and what can be done without. */
export function NoLabels({ onAnyway }: { readonly onAnyway?: () => void }) {
  const { labels } = useWords();
  const classes = useClasses();
  const { noLabels } = labels;
  return (
    <Empty icon={<LabelsIcon />} title={noLabels.title}>
      <p>{noLabels.text}</p>
      {classes.length > 0 && (
        <>
          <p>{noLabels.known}</p>
          <ul className="known-labels">
            {classes.map((name) => (
              <li key={name}>
                <code>{name}</code> <Look name={name} classes={classes} />
              </li>
            ))}
          </ul>
        </>
      )}
      <p>{noLabels.vote}</p>
      <LinkButton kind="primary" href="/labels/votes">
        {noLabels.go}
      </LinkButton>
      {onAnyway !== undefined && (
        <Button kind="quiet" onPress={onAnyway}>
          {noLabels.anyway}
        </Button>
      )}
    </Empty>
  );
}
