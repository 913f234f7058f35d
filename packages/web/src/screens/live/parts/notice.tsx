import { DownIcon, InfoIcon } from "../../../design/icons/signs.tsx";
import { useWords } from "../../../strings/language.ts";

const explanation = "https://github.com/semblant/semblant/blob/main/docs/explanation/not-for.md";

/** What the screen does and does not do: all of it before a camera is on, its first sentence from then on. */
export function LiveNotice({ short }: { readonly short: boolean }) {
  const { notice } = useWords().live;
  return (
    <aside className="live-notice" aria-label={notice.title}>
      <details key={String(short)} open={!short}>
        <summary>
          <InfoIcon />
          {notice.does}
          <DownIcon className="more" />
        </summary>
        <ul>
          <li>{notice.feelings}</li>
          <li>{notice.here}</li>
          <li>
            {notice.never}{" "}
            <a href={explanation} target="_blank" rel="noreferrer">
              {notice.more}
            </a>
          </li>
        </ul>
      </details>
    </aside>
  );
}
