import type { ReactElement } from "react";
import * as Aria from "react-aria-components";

/** Words beside what is pointed at or focused. */
export function Tip({ text, children }: { readonly text: string; readonly children: ReactElement }) {
  return (
    <Aria.TooltipTrigger delay={500} closeDelay={0}>
      {children}
      <Aria.Tooltip className="tooltip">{text}</Aria.Tooltip>
    </Aria.TooltipTrigger>
  );
}
