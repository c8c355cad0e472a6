import { useWords } from '../i18n/use-words.tsx';
import classes from './shell.module.css';

export function Brand() {
  const words = useWords();
  return (
    <div className={classes.brand}>
      <img src="/favicon.svg" width={36} height={36} alt="" />
      <div>
        <div className={classes.brandName}>Recibot</div>
        <div className={classes.brandTagline}>{words.appTagline}</div>
      </div>
    </div>
  );
}
