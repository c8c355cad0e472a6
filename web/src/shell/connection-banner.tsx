import { Loader } from '@mantine/core';
import { useNetwork } from '@mantine/hooks';
import { IconWifiOff } from '@tabler/icons-react';
import type { Connection } from '../chat/follow.ts';
import { useWords } from '../i18n/use-words.tsx';
import classes from './connection-banner.module.css';

export function ConnectionBanner({ connection }: { connection: Connection }) {
  const { online } = useNetwork();
  const { connection: words } = useWords();
  const isShown = connection === 'lost';
  return (
    <div role="status" aria-live="polite">
      {isShown && (
        <div className={classes.banner}>
          {online ? <Loader size={16} color="currentColor" /> : <IconWifiOff size={18} aria-hidden />}
          <span>{online ? words.lost : words.offline}</span>
        </div>
      )}
    </div>
  );
}
