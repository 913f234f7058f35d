import { type SyntheticEvent, useState } from "react";
import { Button } from "../../../design/button.tsx";
import { TextField } from "../../../design/fields.tsx";
import { useWords } from "../../../strings/language.ts";
import { lastVoter } from "./voter.ts";
import { type Votes, votersOf } from "./votes.ts";

/** Asks who votes: a name that is new, or one that voted before. */
export function VoterCard({ votes, onBegin }: { readonly votes: Votes; readonly onBegin: (voter: string) => void }) {
  const { labels } = useWords();
  const [name, setName] = useState(lastVoter);
  const known = votersOf(votes).slice(0, 8);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (name.trim() !== "") onBegin(name.trim());
  };
  return (
    <form className="card stack" onSubmit={submit}>
      <h2>{labels.votes.who}</h2>
      <TextField label={labels.votes.who} hideLabel note={labels.votes.whoNote} value={name} onChange={setName} maxLength={40} />
      {known.length > 0 && (
        <div className="row tight">
          {known.map(({ voter }) => (
            <Button key={voter} onPress={() => onBegin(voter)}>
              {voter}
            </Button>
          ))}
        </div>
      )}
      <div>
        <Button kind="primary" type="submit" isDisabled={name.trim() === ""}>
          {labels.votes.begin}
        </Button>
      </div>
    </form>
  );
}
