import { useState } from "react";
import { saveFile } from "../../../client/save.ts";
import { Button, LinkButton } from "../../../design/button.tsx";
import { LabelsIcon } from "../../../design/icons/screens.tsx";
import { DownloadIcon } from "../../../design/icons/signs.tsx";
import { Empty, Problem, Waiting } from "../../../design/states.tsx";
import { useWords } from "../../../strings/language.ts";
import { LabelsHead } from "../parts/labels-head.tsx";
import { Agreement } from "./agreement.tsx";
import { useVotes } from "./use-votes.ts";
import { keepVoter } from "./voter.ts";
import { VoterCard } from "./voter-card.tsx";
import { votesCsv } from "./votes-csv.ts";
import { Voting } from "./voting.tsx";

/** Several people vote on how faces look, as FER+ was labelled. */
export function VotesPage() {
  const { labels, photos } = useWords();
  const all = useVotes();
  const [voter, setVoter] = useState<string>();
  const { votes, ballots, isAlone } = all;
  const begin = (name: string) => {
    keepVoter(name);
    setVoter(name);
  };
  return (
    <div className="screen stack">
      <LabelsHead lead={labels.votes.lead}>
        <Button
          icon={<DownloadIcon />}
          isDisabled={votes.faces.length === 0}
          onPress={() => saveFile(new Blob([votesCsv(votes, isAlone)], { type: "text/csv;charset=utf-8" }), "fer2013new.csv")}
        >
          {labels.votes.export}
        </Button>
      </LabelsHead>
      {all.error !== null && ballots.length > 0 && <Problem error={all.error} />}
      {all.isPending ? (
        <Waiting />
      ) : ballots.length === 0 ? (
        <Empty icon={<LabelsIcon />} title={labels.votes.noFaces}>
          <p>{labels.votes.noFacesText}</p>
          <LinkButton href="/photos">{photos.title}</LinkButton>
        </Empty>
      ) : voter === undefined ? (
        <div className="votes-begin">
          <VoterCard votes={votes} onBegin={begin} />
          <Agreement votes={votes} gone={all.gone} />
        </div>
      ) : (
        <Voting all={all} voter={voter} onLeave={() => setVoter(undefined)} />
      )}
    </div>
  );
}
