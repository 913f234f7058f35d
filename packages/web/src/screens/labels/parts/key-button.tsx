import type { ReactNode } from "react";
import { Button, type ButtonProps } from "../../../design/button.tsx";
import { Switch } from "../../../design/switches.tsx";
import { useWords } from "../../../strings/language.ts";
import { useKeysSwitch } from "./use-keys.ts";

export interface KeyButtonProps extends ButtonProps {
  /** As it stands on the keyboard. */
  readonly hint: string;
}

/** A button with the key that does the same. */
export function KeyButton({ hint, icon, children, className = "", ...rest }: KeyButtonProps) {
  const [on] = useKeysSwitch();
  return (
    <Button {...rest} className={`key-button ${className}`} {...(on && { "aria-keyshortcuts": hint })}>
      {on && hint !== "" && <Key>{hint}</Key>}
      {icon}
      {children}
    </Button>
  );
}

function Key({ children }: { readonly children: ReactNode }) {
  return (
    <span className="key" aria-hidden="true">
      {children}
    </span>
  );
}

/** Switches the keys on and off. */
export function KeysSwitch() {
  const { labels } = useWords();
  const [on, setOn] = useKeysSwitch();
  return (
    <div className="keys-switch">
      <Switch isSelected={on} onChange={setOn}>
        {labels.keys}
      </Switch>
      {!on && <p className="soft">{labels.keysOff}</p>}
    </div>
  );
}
