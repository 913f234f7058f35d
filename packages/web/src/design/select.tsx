import type { ReactNode } from "react";
import * as Aria from "react-aria-components";
import { CheckIcon, DownIcon } from "./icons/signs.tsx";

export interface Option<Id extends string = string> {
  readonly id: Id;
  readonly name: string;
  readonly icon?: ReactNode;
}

export interface SelectProps<Id extends string> {
  readonly label: string;
  readonly options: readonly Option<Id>[];
  readonly value: Id;
  readonly onChange: (id: Id) => void;
  /** The label beside it (above it). */
  readonly inLine?: boolean;
  /** Says the label aloud only, where the choice speaks for itself. */
  readonly hideLabel?: boolean;
  readonly isDisabled?: boolean;
}

/** One of many. */
export function Select<Id extends string>({
  label,
  options,
  value,
  onChange,
  inLine = false,
  hideLabel = false,
  isDisabled = false,
}: SelectProps<Id>) {
  return (
    <Aria.Select
      value={value}
      onChange={(key) => onChange(key as Id)}
      isDisabled={isDisabled}
      className={inLine ? "field in-line" : "field"}
    >
      <Aria.Label className={hideLabel ? "only-read" : "field-label"}>{label}</Aria.Label>
      <Aria.Button className="select-button">
        <Aria.SelectValue className="look" />
        <DownIcon />
      </Aria.Button>
      <Aria.Popover className="popover">
        <Aria.ListBox className="list-box" items={options}>
          {(option) => (
            <Aria.ListBoxItem className="menu-item" textValue={option.name}>
              {({ isSelected }) => (
                <>
                  <span className="look">
                    {option.icon}
                    {option.name}
                  </span>
                  {isSelected && <CheckIcon className="chosen" />}
                </>
              )}
            </Aria.ListBoxItem>
          )}
        </Aria.ListBox>
      </Aria.Popover>
    </Aria.Select>
  );
}

/** One of two to four, all of them seen. */
export function Segments<Id extends string>({
  label,
  options,
  value,
  onChange,
}: Omit<SelectProps<Id>, "inLine" | "hideLabel" | "isDisabled">) {
  return (
    <Aria.ToggleButtonGroup
      className="segments"
      aria-label={label}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[value]}
      onSelectionChange={([key]) => key !== undefined && onChange(key as Id)}
    >
      {options.map((option) => (
        <Aria.ToggleButton key={option.id} id={option.id} className="button">
          {option.icon}
          {option.name}
        </Aria.ToggleButton>
      ))}
    </Aria.ToggleButtonGroup>
  );
}
