import { ActionIcon, Tooltip } from '@mantine/core';
import { useDisclosure, useElementSize } from '@mantine/hooks';
import { IconArrowsMaximize } from '@tabler/icons-react';
import { useState } from 'react';
import type { FieldName } from '../../../src/domain/document.ts';
import { useWords } from '../i18n/use-words.tsx';
import { BoxOverlay } from './box-overlay.tsx';
import classes from './document-image.module.css';
import { ImageDialog } from './image-dialog.tsx';
import { place, type Size } from './placement.ts';
import type { FieldView } from './result-view.ts';

export interface DocumentImageProps {
  url: string;
  name: string;
  fields: readonly FieldView[];
  active: FieldName | null;
  onActive(name: FieldName | null): void;
}

/** The document with a frame round each value; it moves to the one in focus. */
export function DocumentImage({ url, name, fields, active, onActive }: DocumentImageProps) {
  const { card } = useWords();
  const { ref, width, height } = useElementSize();
  const [image, setImage] = useState<Size | null>(null);
  const [isOpen, dialog] = useDisclosure(false);
  const box = fields.find((field) => field.name === active)?.field.box ?? null;
  const placement = image && width > 0 ? place(image, { width, height }, box) : null;
  return (
    <div className={classes.frame} ref={ref}>
      <div className={classes.image} style={placement && image ? styleOf(placement, image) : { opacity: 0 }}>
        <img
          src={url}
          alt={card.image(name)}
          onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) =>
            setImage({ width: naturalWidth, height: naturalHeight })
          }
        />
        {image && <BoxOverlay image={image} fields={fields} active={active} onActive={onActive} />}
      </div>
      <Tooltip label={card.zoom}>
        <ActionIcon className={classes.zoom} variant="default" aria-label={card.zoom} onClick={dialog.open}>
          <IconArrowsMaximize size={17} aria-hidden />
        </ActionIcon>
      </Tooltip>
      {image && (
        <ImageDialog
          url={url}
          name={name}
          image={image}
          fields={fields}
          active={active}
          onActive={onActive}
          isOpen={isOpen}
          onClose={dialog.close}
        />
      )}
    </div>
  );
}

function styleOf({ scale, x, y }: ReturnType<typeof place>, image: Size) {
  return { width: image.width * scale, height: image.height * scale, transform: `translate(${x}px, ${y}px)` };
}
