import * as Aria from "react-aria-components";

export interface ProgressProps {
  readonly label: string;
  /** 0 to 1; not known where absent. */
  readonly value?: number | undefined;
  /** As "120 of 400". */
  readonly valueText?: string;
}

export function Progress({ label, value, valueText }: ProgressProps) {
  return (
    <Aria.ProgressBar
      className="progress numbers"
      {...(value === undefined ? { isIndeterminate: true } : { value: value * 100 })}
      {...(valueText !== undefined && { valueLabel: valueText })}
    >
      <Aria.Label>{label}</Aria.Label>
      <span className="soft">{valueText}</span>
      <div className="progress-track">
        <div
          className={value === undefined ? "progress-fill unknown" : "progress-fill"}
          style={value === undefined ? {} : { inlineSize: `${value * 100}%` }}
        />
      </div>
    </Aria.ProgressBar>
  );
}
