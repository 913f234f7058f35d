import * as Aria from "react-aria-components";

export interface SliderProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step?: number;
  /** While it moves. */
  readonly onChange: (value: number) => void;
  /** When it is let go. */
  readonly onChangeEnd?: (value: number) => void;
  readonly format?: Intl.NumberFormatOptions;
  /** In place of the number. */
  readonly valueText?: string;
  readonly isDisabled?: boolean;
}

export function Slider({ label, value, min, max, step = 1, onChange, onChangeEnd, format, valueText, isDisabled = false }: SliderProps) {
  return (
    <Aria.Slider
      value={value}
      minValue={min}
      maxValue={max}
      step={step}
      onChange={(given) => onChange(given as number)}
      {...(onChangeEnd && { onChangeEnd: (given: number | number[]) => onChangeEnd(given as number) })}
      {...(format && { formatOptions: format })}
      isDisabled={isDisabled}
      className="slider"
    >
      <Aria.Label>{label}</Aria.Label>
      <Aria.SliderOutput>{valueText}</Aria.SliderOutput>
      <Aria.SliderTrack className="slider-track">
        {({ state }) => (
          <>
            <div className="slider-fill" style={{ inlineSize: `${state.getThumbPercent(0) * 100}%` }} />
            <Aria.SliderThumb className="slider-thumb" />
          </>
        )}
      </Aria.SliderTrack>
    </Aria.Slider>
  );
}
