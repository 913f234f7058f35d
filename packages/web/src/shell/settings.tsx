import { Button } from "../design/button.tsx";
import { ContrastIcon } from "../design/icons/signs.tsx";
import { Menu } from "../design/menu.tsx";
import { type Language, languages, useLanguage, useWords } from "../strings/language.ts";
import { type Theme, useTheme } from "./theme.ts";

/** Appearance and language, in one menu. */
export function Settings() {
  const { shell, about } = useWords();
  const { theme, setTheme } = useTheme();
  const { language, setLanguage } = useLanguage();
  const themes = Object.entries(shell.themes).map(([id, name]) => ({
    id: `theme-${id}`,
    name,
    chosen: id === theme,
    onPress: () => setTheme(id as Theme),
  }));
  const tongues = Object.entries(languages).map(([id, name]) => ({
    id: `language-${id}`,
    name,
    chosen: id === language,
    onPress: () => setLanguage(id as Language),
  }));
  return (
    <Menu
      label={shell.settings}
      trigger={
        <Button kind="quiet" className="settings" icon={<ContrastIcon />}>
          <span>{shell.settings}</span>
        </Button>
      }
      items={[
        { title: shell.theme, items: themes },
        { title: shell.language, items: tongues },
        { title: "Semblant", items: [{ id: "about", name: about.link, href: "/about" }] },
      ]}
    />
  );
}
