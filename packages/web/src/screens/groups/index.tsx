import { useWords } from "../../strings/language.ts";

export default function GroupsScreen() {
  const words = useWords();
  return (
    <div className="screen">
      <header className="screen-head">
        <h1>{words.groups.title}</h1>
      </header>
    </div>
  );
}
