import { Dropzone } from '@mantine/dropzone';
import { IconFileUpload } from '@tabler/icons-react';
import { useWords } from '../i18n/use-words.tsx';
import classes from './chat.module.css';

/** Takes files dropped anywhere on the page. It takes every type: the server knows what it can read, and says so in the chat. */
export function PageDrop({ onFiles }: { onFiles: (files: File[]) => void }) {
  const { composer } = useWords();
  return (
    <Dropzone.FullScreen onDrop={onFiles} className={classes.drop} inputProps={{ 'aria-label': composer.attach }}>
      <div className={classes.dropInner}>
        <IconFileUpload size={64} stroke={1.4} aria-hidden />
        <div className={classes.dropTitle}>{composer.dropHere}</div>
        <div>{composer.dropKinds}</div>
      </div>
    </Dropzone.FullScreen>
  );
}
