import type { FieldName } from '../../../src/domain/document.ts';
import type { Box } from '../../../src/domain/reading.ts';
import classes from './document-image.module.css';
import type { Size } from './placement.ts';
import { type FieldView, sureFrom } from './result-view.ts';

export interface BoxOverlayProps {
  image: Size;
  fields: readonly FieldView[];
  active: FieldName | null;
  onActive(name: FieldName | null): void;
}

/** Pixels round a box, so that its frame does not touch the letters. */
const margin = 4;

/** A frame over each value of the first page; for those who see it only, as the list beside it says the same. */
export function BoxOverlay({ image, fields, active, onActive }: BoxOverlayProps) {
  return (
    <div aria-hidden>
      {fields.map(({ name, label, field }) => {
        const { box, confidence } = field;
        if (box?.page !== 1) return null;
        return (
          // biome-ignore lint/a11y/noStaticElementInteractions: pointing at it only repeats what the list beside it offers
          <div
            key={name}
            className={classes.box}
            data-active={active === name || undefined}
            data-doubtful={confidence < sureFrom || undefined}
            style={styleOf(box, image)}
            onMouseEnter={() => onActive(name)}
            onMouseLeave={() => onActive(null)}
          >
            {active === name && <span className={classes.tag}>{label}</span>}
          </div>
        );
      })}
    </div>
  );
}

function styleOf({ x, y, width, height }: Box, image: Size) {
  return {
    left: `${((x - margin) / image.width) * 100}%`,
    top: `${((y - margin) / image.height) * 100}%`,
    width: `${((width + 2 * margin) / image.width) * 100}%`,
    height: `${((height + 2 * margin) / image.height) * 100}%`,
  };
}
