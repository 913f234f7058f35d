import type { ReactNode } from "react";
import { ApiError } from "../client/api.ts";
import { useWords } from "../strings/language.ts";
import { Button } from "./button.tsx";
import { WarningIcon } from "./icons/signs.tsx";

export interface EmptyProps {
  readonly icon?: ReactNode;
  readonly title: string;
  readonly children?: ReactNode;
}

/** Where there is nothing: says why, and what to do. */
export function Empty({ icon, title, children }: EmptyProps) {
  return (
    <div className="empty">
      {icon}
      <h2>{title}</h2>
      {children}
    </div>
  );
}

export interface ProblemProps {
  readonly error: unknown;
  /** Offers to try again. */
  readonly onRetry?: () => void;
}

/** What the home refused, in the words of the command, where it was asked. */
export function Problem({ error, onRetry }: ProblemProps) {
  const { design } = useWords();
  const away = error instanceof ApiError && error.status === 0;
  const message = away ? design.away : error instanceof Error ? error.message : String(error);
  const hint = error instanceof ApiError ? error.hint : undefined;
  return (
    <div className="problem" role="alert">
      <WarningIcon />
      <div>
        <p>{message}</p>
        {hint !== undefined && <p>{hint}</p>}
        {onRetry !== undefined && <Button onPress={onRetry}>{design.again}</Button>}
      </div>
    </div>
  );
}

/** While something is on its way; says so only after a moment. */
export function Waiting() {
  const { design } = useWords();
  return (
    <div className="waiting" role="status">
      {design.waiting}
    </div>
  );
}
