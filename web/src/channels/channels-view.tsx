import { Alert, Button } from '@mantine/core';
import { IconLogout } from '@tabler/icons-react';
import { useCallback, useState } from 'react';
import type { ChannelView } from '../../../src/api/routes/channels.ts';
import { useSpoken } from '../i18n/use-words.tsx';
import { recallKey, rememberKey } from './admin-api.ts';
import { ChannelCard } from './channel-card.tsx';
import { channelWords } from './channel-words.ts';
import classes from './channels.module.css';
import { KeyForm } from './key-form.tsx';
import { useChannels } from './use-channels.ts';

/** For operators: how each channel is, what links it, and the orders it takes. */
export function ChannelsView() {
  const words = channelWords[useSpoken().language];
  const [key, setKey] = useState(recallKey);
  const [isWrong, setIsWrong] = useState(false);
  const enter = (next: string) => {
    rememberKey(next);
    setIsWrong(false);
    setKey(next);
  };
  const leave = useCallback((becauseWrong: boolean) => {
    rememberKey(null);
    setIsWrong(becauseWrong);
    setKey(null);
  }, []);
  const refuse = useCallback(() => leave(true), [leave]);
  return (
    <div className={classes.view}>
      <header className={classes.viewHead}>
        <div>
          <h1 className={classes.title}>{words.title}</h1>
          <p className={classes.soft}>{words.lead}</p>
        </div>
        {key !== null && (
          <Button
            size="xs"
            variant="subtle"
            leftSection={<IconLogout size={15} aria-hidden />}
            onClick={() => leave(false)}
          >
            {words.leave}
          </Button>
        )}
      </header>
      {key === null ? (
        <KeyForm words={words} isWrong={isWrong} onKey={enter} />
      ) : (
        <ChannelList adminKey={key} onWrongKey={refuse} />
      )}
    </div>
  );
}

function ChannelList({ adminKey, onWrongKey }: { adminKey: string; onWrongKey(): void }) {
  const { language, words: page } = useSpoken();
  const words = channelWords[language];
  const { channels, isAway, order } = useChannels(adminKey, onWrongKey);
  return (
    <>
      {isAway && (
        <Alert color="yellow" variant="light" role="status">
          {words.noAnswer}
        </Alert>
      )}
      {channels?.length === 0 && <p className={classes.soft}>{words.none}</p>}
      <ul className={classes.list}>
        {channels?.toSorted(linkableFirst).map((channel) => (
          <ChannelCard
            key={channel.name}
            channel={channel}
            adminKey={adminKey}
            locale={page.texts.locale}
            words={words}
            onOrder={(what) => order(channel.name, what)}
          />
        ))}
      </ul>
    </>
  );
}

/** What waits for somebody with a phone stands on top. */
function linkableFirst(one: ChannelView, other: ChannelView): number {
  return Number(other.link !== null) - Number(one.link !== null);
}
