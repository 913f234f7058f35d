import { Route, Switch } from "wouter";
import { DoubtfulPage } from "./doubtful/doubtful-page.tsx";
import { VotesPage } from "./votes/votes-page.tsx";
import "./labels.css";

export default function LabelsScreen() {
  return (
    <Switch>
      <Route path="/labels/votes">
        <VotesPage />
      </Route>
      <Route>
        <DoubtfulPage />
      </Route>
    </Switch>
  );
}
