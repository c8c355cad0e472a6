import type { ReactNode } from 'react';
import classes from './chat.module.css';

/** Something Recibot says. */
export function Theirs({ children, isWide = false }: { children: ReactNode; isWide?: boolean }) {
  return (
    <div className={classes.theirs}>
      <img className={classes.avatar} src="/favicon.svg" alt="Recibot" />
      <div className={`${classes.bubble} ${isWide ? classes.wide : ''}`}>{children}</div>
    </div>
  );
}
