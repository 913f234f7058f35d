import { Component, type ReactNode } from "react";
import { Button } from "../design/button.tsx";
import { Empty } from "../design/states.tsx";
import { useWords } from "../strings/language.ts";

/** Holds what failed in one screen within it: the navigation stays, and another address tries anew. */
export class Failure extends Component<{ readonly place: string; readonly children: ReactNode }, { readonly error?: unknown }> {
  override state: { readonly error?: unknown } = {};

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override componentDidUpdate(before: { readonly place: string }) {
    if (before.place !== this.props.place && this.state.error !== undefined) this.setState({ error: undefined });
  }

  override render() {
    return this.state.error === undefined ? this.props.children : <Broken error={this.state.error} />;
  }
}

function Broken({ error }: { readonly error: unknown }) {
  const { shell } = useWords();
  return (
    <Empty title={shell.broken}>
      <p>{error instanceof Error ? error.message : String(error)}</p>
      <Button onPress={() => location.reload()}>{shell.reload}</Button>
    </Empty>
  );
}
