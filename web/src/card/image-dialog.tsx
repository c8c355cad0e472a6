import { ActionIcon, Modal } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { IconZoomIn, IconZoomOut } from '@tabler/icons-react';
import { useState } from 'react';
import { useWords } from '../i18n/use-words.tsx';
import { BoxOverlay, type BoxOverlayProps } from './box-overlay.tsx';
import classes from './document-image.module.css';

export interface ImageDialogProps extends BoxOverlayProps {
  url: string;
  name: string;
  isOpen: boolean;
  onClose(): void;
}

const zoom = { least: 1, most: 6, step: 1.4 };

/** The document over the whole window, to be enlarged by button or wheel, or by pinching where the browser does that itself. */
export function ImageDialog({ url, name, isOpen, onClose, ...overlay }: ImageDialogProps) {
  const { card } = useWords();
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={name}
      size="xl"
      centered
      closeButtonProps={{ 'aria-label': card.close }}
      styles={{ title: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' } }}
    >
      <Sheet url={url} name={name} {...overlay} />
    </Modal>
  );
}

function Sheet({ url, name, ...overlay }: BoxOverlayProps & { url: string; name: string }) {
  const { card } = useWords();
  const { ref, width, height } = useElementSize();
  const [factor, setFactor] = useState(zoom.least);
  const enlarge = (by: number) => setFactor((before) => Math.min(zoom.most, Math.max(zoom.least, before * by)));
  const fit = Math.min(width / overlay.image.width, height / overlay.image.height);
  const scale = fit * factor;
  return (
    <>
      <div
        className={classes.viewport}
        ref={ref}
        onWheel={(event) => {
          if (event.ctrlKey) enlarge(event.deltaY < 0 ? 1.1 : 1 / 1.1);
        }}
      >
        <div
          className={classes.sheet}
          style={{ width: overlay.image.width * scale, height: overlay.image.height * scale }}
        >
          <img src={url} alt={card.image(name)} />
          <BoxOverlay {...overlay} />
        </div>
      </div>
      <div className={classes.dialogBar}>
        <ActionIcon
          variant="default"
          mt={10}
          size={36}
          aria-label={card.zoomOut}
          onClick={() => enlarge(1 / zoom.step)}
        >
          <IconZoomOut size={18} aria-hidden />
        </ActionIcon>
        <ActionIcon variant="default" mt={10} size={36} aria-label={card.zoomIn} onClick={() => enlarge(zoom.step)}>
          <IconZoomIn size={18} aria-hidden />
        </ActionIcon>
      </div>
    </>
  );
}
