import type { ReactElement, ReactNode } from "react";
import * as Aria from "react-aria-components";
import { CheckIcon } from "./icons/signs.tsx";

export interface MenuItem {
  readonly id: string;
  readonly name: string;
  readonly icon?: ReactNode;
  readonly onPress?: () => void;
  /** Goes there in place of `onPress`. */
  readonly href?: string;
  readonly danger?: boolean;
  readonly isDisabled?: boolean;
  /** Marked as what is chosen now. */
  readonly chosen?: boolean;
}

export interface MenuProps {
  readonly label: string;
  /** A Button or IconButton. */
  readonly trigger: ReactElement;
  /** One below the other, or in groups with titles. */
  readonly items: readonly MenuItem[] | readonly { readonly title: string; readonly items: readonly MenuItem[] }[];
}

export function Menu({ label, trigger, items }: MenuProps) {
  return (
    <Aria.MenuTrigger>
      {trigger}
      <Aria.Popover className="popover">
        <Aria.Menu className="menu" aria-label={label}>
          {items.map((item) =>
            "title" in item ? (
              <Aria.MenuSection key={item.title}>
                <Aria.Header className="menu-title">{item.title}</Aria.Header>
                {item.items.map(entry)}
              </Aria.MenuSection>
            ) : (
              entry(item)
            ),
          )}
        </Aria.Menu>
      </Aria.Popover>
    </Aria.MenuTrigger>
  );
}

const entry = ({ id, name, icon, onPress, href, danger = false, isDisabled = false, chosen = false }: MenuItem) => (
  <Aria.MenuItem
    key={id}
    id={id}
    textValue={name}
    isDisabled={isDisabled}
    className={danger ? "menu-item danger" : "menu-item"}
    {...(onPress && { onAction: onPress })}
    {...(href !== undefined && { href })}
    {...(chosen && { "aria-current": true })}
  >
    {icon}
    {name}
    {chosen && <CheckIcon className="chosen" />}
  </Aria.MenuItem>
);
