import { Link, useLocation } from "wouter";
import { Button } from "../design/button.tsx";
import { MoreIcon } from "../design/icons/signs.tsx";
import { Menu } from "../design/menu.tsx";
import { useWords } from "../strings/language.ts";
import { screens, titleOf } from "./screens.ts";

/** How many stand in the bar of a phone. */
const inBar = 4;

const within = (location: string, path: string | undefined) => path !== undefined && (location === path || location.startsWith(`${path}/`));

export function Navigation() {
  const words = useWords();
  const [location] = useLocation();
  const later = screens.slice(inBar).map(({ name, Icon, also }) => ({
    id: name,
    name: titleOf(name, words),
    icon: <Icon />,
    href: `/${name}`,
    chosen: within(location, `/${name}`) || within(location, also),
  }));
  return (
    <nav className="nav" aria-label={words.shell.screens}>
      {screens.map(({ name, Icon, also }, i) => (
        <Link
          key={name}
          href={`/${name}`}
          className={i < inBar ? "" : "later"}
          aria-current={within(location, `/${name}`) || within(location, also) ? "page" : undefined}
        >
          <Icon />
          <span>{titleOf(name, words)}</span>
        </Link>
      ))}
      <Menu
        label={words.shell.more}
        items={later}
        trigger={
          <Button kind="quiet" className={later.some(({ chosen }) => chosen) ? "more here" : "more"} icon={<MoreIcon />}>
            {words.shell.more}
          </Button>
        }
      />
    </nav>
  );
}
