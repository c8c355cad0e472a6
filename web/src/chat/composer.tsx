import { ActionIcon, Textarea, Tooltip } from '@mantine/core';
import { IconCamera, IconPaperclip, IconSend2 } from '@tabler/icons-react';
import { type ChangeEvent, type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { useWords } from '../i18n/use-words.tsx';
import classes from './composer.module.css';

/** As long as the server takes. */
const maxTextLength = 4_096;

export interface ComposerProps {
  onFiles(files: File[]): void;
  onText(text: string): void;
  /** Set to what opens the file chooser, for buttons elsewhere. */
  openRef: RefObject<() => void>;
}

export function Composer({ onFiles, onText, openRef }: ComposerProps) {
  return (
    <div className={classes.bar}>
      <div className={classes.inner}>
        <FileButtons onFiles={onFiles} openRef={openRef} />
        <TextBox onText={onText} />
      </div>
    </div>
  );
}

function FileButtons({ onFiles, openRef }: Omit<ComposerProps, 'onText'>) {
  const { composer } = useWords();
  const filesRef = useRef<HTMLInputElement>(null);
  const cameraRef = useRef<HTMLInputElement>(null);
  useEffect(() => {
    openRef.current = () => filesRef.current?.click();
  }, [openRef]);

  const onChange = ({ currentTarget }: ChangeEvent<HTMLInputElement>) => {
    onFiles([...(currentTarget.files ?? [])]);
    currentTarget.value = ''; // so that the same file can be chosen again
  };
  const camera = { accept: 'image/*', capture: 'environment', 'aria-label': composer.camera } as const;
  return (
    <>
      <input ref={filesRef} type="file" multiple hidden onChange={onChange} aria-label={composer.attach} />
      <input ref={cameraRef} type="file" hidden onChange={onChange} {...camera} />
      <Tooltip label={composer.attach}>
        <ActionIcon
          size={48}
          radius="xl"
          variant="default"
          aria-label={composer.attach}
          onClick={() => filesRef.current?.click()}
        >
          <IconPaperclip size={22} aria-hidden />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={composer.camera}>
        <ActionIcon
          className={classes.camera}
          size={48}
          radius="xl"
          variant="default"
          aria-label={composer.camera}
          onClick={() => cameraRef.current?.click()}
        >
          <IconCamera size={24} aria-hidden />
        </ActionIcon>
      </Tooltip>
    </>
  );
}

/** Enter sends, with shift it begins a new line. */
function TextBox({ onText }: Pick<ComposerProps, 'onText'>) {
  const { composer } = useWords();
  const [text, setText] = useState('');
  const send = () => {
    if (text.trim() === '') return;
    onText(text.trim());
    setText('');
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };
  return (
    <>
      <Textarea
        className={classes.text}
        classNames={{ input: classes.input ?? '' }}
        aria-label={composer.message}
        placeholder={composer.hint}
        autosize
        minRows={1}
        maxRows={6}
        maxLength={maxTextLength}
        value={text}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <ActionIcon size={48} radius="xl" aria-label={composer.send} disabled={text.trim() === ''} onClick={send}>
        <IconSend2 size={22} aria-hidden />
      </ActionIcon>
    </>
  );
}
