import type { ReactNode } from "react";
import * as Aria from "react-aria-components";

export interface TabsProps {
  readonly label: string;
  readonly tabs: readonly { readonly id: string; readonly name: string; readonly content: ReactNode }[];
  readonly selected?: string;
  readonly onChange?: (id: string) => void;
}

export function Tabs({ label, tabs, selected, onChange }: TabsProps) {
  return (
    <Aria.Tabs
      {...(selected !== undefined && { selectedKey: selected })}
      {...(onChange && { onSelectionChange: (key) => onChange(String(key)) })}
    >
      <Aria.TabList aria-label={label} className="tabs-list">
        {tabs.map(({ id, name }) => (
          <Aria.Tab key={id} id={id} className="tab">
            {name}
          </Aria.Tab>
        ))}
      </Aria.TabList>
      {tabs.map(({ id, content }) => (
        <Aria.TabPanel key={id} id={id} className="tab-panel">
          {content}
        </Aria.TabPanel>
      ))}
    </Aria.Tabs>
  );
}
