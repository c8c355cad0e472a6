import { ActionIcon, Tooltip, UnstyledButton } from '@mantine/core';
import { IconCamera, IconPaperclip } from '@tabler/icons-react';
import { type ChangeEvent, type RefObject, useEffect, useRef } from 'react';
import { useWords } from '../i18n/use-words.tsx';
import classes from './composer.module.css';

export interface ComposerProps {
  onFiles(files: File[]): void;
  /** Set to what opens the file chooser, for buttons elsewhere. */
  openRef: RefObject<() => void>;
}

export function Composer({ onFiles, openRef }: ComposerProps) {
  const { composer } = useWords();
  const filesRef = useRef<HTMLInputElement>(null);
  const cameraRef = useRef<HTMLInputElement>(null);
  const open = () => filesRef.current?.click();
  useEffect(() => {
    openRef.current = () => filesRef.current?.click();
  }, [openRef]);

  const onChange = ({ currentTarget }: ChangeEvent<HTMLInputElement>) => {
    onFiles([...(currentTarget.files ?? [])]);
    currentTarget.value = ''; // so that the same file can be chosen again
  };

  return (
    <div className={classes.bar}>
      <div className={classes.inner}>
        <input ref={filesRef} type="file" multiple hidden onChange={onChange} aria-label={composer.attach} />
        <input
          ref={cameraRef}
          type="file"
          accept="image/*"
          capture="environment"
          hidden
          onChange={onChange}
          aria-label={composer.camera}
        />
        <UnstyledButton className={classes.field} onClick={open}>
          <IconPaperclip size={20} aria-hidden />
          <span className={classes.mouseHint}>{composer.hint}</span>
          <span className={classes.touchHint}>{composer.touchHint}</span>
        </UnstyledButton>
        <Tooltip label={composer.camera}>
          <ActionIcon
            className={classes.camera}
            size={48}
            radius="xl"
            aria-label={composer.camera}
            onClick={() => cameraRef.current?.click()}
          >
            <IconCamera size={24} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </div>
    </div>
  );
}
