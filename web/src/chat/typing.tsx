import { useWords } from '../i18n/use-words.tsx';
import classes from './chat.module.css';
import { Theirs } from './theirs.tsx';

/** Recibot thinks about what was said. */
export function Typing() {
  const { writing } = useWords();
  return (
    <Theirs>
      <span className={classes.typing} role="img" aria-label={writing}>
        <i />
        <i />
        <i />
      </span>
    </Theirs>
  );
}
