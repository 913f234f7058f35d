import type { ReactNode } from "react";
import * as Aria from "react-aria-components";
import { CheckIcon } from "./icons/signs.tsx";

interface OnOff {
  readonly children: ReactNode;
  readonly isSelected: boolean;
  readonly onChange: (isSelected: boolean) => void;
  readonly isDisabled?: boolean;
}

/** Takes effect at once. */
export function Switch({ children, ...rest }: OnOff) {
  return (
    <Aria.Switch {...rest} className="switch">
      <span className="switch-track" />
      {children}
    </Aria.Switch>
  );
}

/** One of several that are chosen. */
export function Checkbox({ children, ...rest }: OnOff) {
  return (
    <Aria.Checkbox {...rest} className="checkbox">
      <span className="checkbox-box">
        <CheckIcon />
      </span>
      {children}
    </Aria.Checkbox>
  );
}
