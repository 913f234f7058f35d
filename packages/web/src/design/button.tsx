import type { ReactNode } from "react";
import * as Aria from "react-aria-components";
import { Tip } from "./tip.tsx";

/**
 * `primary`: the one thing to do here; `plain`: others; `quiet`: without a box; `inline`: within a line of text; `danger`: takes
 * something away.
 */
export type ButtonKind = "primary" | "plain" | "quiet" | "inline" | "danger";

export interface ButtonProps extends Omit<Aria.ButtonProps, "className" | "children"> {
  readonly kind?: ButtonKind;
  readonly icon?: ReactNode;
  readonly children: ReactNode;
  readonly className?: string;
}

export function Button({ kind = "plain", icon, children, className = "", ...rest }: ButtonProps) {
  return (
    <Aria.Button {...rest} className={`button ${kind} ${className}`}>
      {icon}
      {children}
    </Aria.Button>
  );
}

export interface IconButtonProps extends Omit<Aria.ButtonProps, "className" | "children" | "aria-label"> {
  /** What it does: read aloud, and shown when one points at it. */
  readonly label: string;
  readonly icon: ReactNode;
  readonly kind?: ButtonKind;
  readonly className?: string;
}

export function IconButton({ label, icon, kind = "quiet", className = "", ...rest }: IconButtonProps) {
  return (
    <Tip text={label}>
      <Aria.Button {...rest} aria-label={label} className={`button icon-only ${kind} ${className}`}>
        {icon}
      </Aria.Button>
    </Tip>
  );
}

export interface LinkButtonProps extends Omit<Aria.LinkProps, "className" | "children"> {
  readonly kind?: ButtonKind;
  readonly icon?: ReactNode;
  readonly children: ReactNode;
}

/** Goes to another screen, and looks like a button. */
export function LinkButton({ kind = "plain", icon, children, ...rest }: LinkButtonProps) {
  return (
    <Aria.Link {...rest} className={`button ${kind}`}>
      {icon}
      {children}
    </Aria.Link>
  );
}

export interface ToggleProps extends Omit<Aria.ToggleButtonProps, "className" | "children"> {
  readonly icon?: ReactNode;
  readonly children: ReactNode;
}

/** A button that stays in, or does not. */
export function Toggle({ icon, children, ...rest }: ToggleProps) {
  return (
    <Aria.ToggleButton {...rest} className="button plain">
      {icon}
      {children}
    </Aria.ToggleButton>
  );
}
