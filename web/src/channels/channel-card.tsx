import { Button } from '@mantine/core';
import {
  IconBrandTelegram,
  IconBrandWhatsapp,
  IconFolder,
  IconMail,
  IconMessageCircle,
  IconPlayerPlay,
  IconPlayerStop,
  IconPlugConnected,
  IconUnlink,
} from '@tabler/icons-react';
import { useState } from 'react';
import type { ChannelView } from '../../../src/api/routes/channels.ts';
import { type ChannelWords, channelName } from './channel-words.ts';
import classes from './channels.module.css';
import { QrPicture } from './qr-picture.tsx';

const icons: Readonly<Record<string, typeof IconMail>> = {
  whatsapp: IconBrandWhatsapp,
  telegram: IconBrandTelegram,
  gmail: IconMail,
  webchat: IconMessageCircle,
  inbox: IconFolder,
};

const tones: Readonly<Record<ChannelView['status'], string>> = {
  ...{ receiving: 'good', linking: 'warn', starting: 'calm', stopped: 'calm', retrying: 'warn', 'logged-out': 'bad' },
};

export interface ChannelCardProps {
  channel: ChannelView;
  adminKey: string;
  locale: string;
  words: ChannelWords;
  onOrder(order: 'stop' | 'start' | 'unlink'): Promise<void>;
}

export function ChannelCard({ channel, adminKey, locale, words, onOrder }: ChannelCardProps) {
  const { name, link, lastError, waiting, status } = channel;
  const Icon = icons[name] ?? IconPlugConnected;
  return (
    <li className={classes.card} data-channel={name} data-status={status}>
      <div className={classes.head}>
        <Icon size={22} aria-hidden />
        <h2 className={classes.cardTitle}>{channelName(name, words)}</h2>
        <Badge channel={channel} words={words} />
      </div>
      <p className={classes.soft}>
        {channel.isStale && status !== 'stopped'
          ? words.silent(timeOf(channel.seenAt, locale))
          : words.since(timeOf(channel.since, locale))}
        {waiting > 0 && ` · ${words.waiting(waiting)}`}
      </p>
      {lastError && status !== 'receiving' && <p className={classes.error}>{lastError}</p>}
      {link?.qr !== undefined && <QrPicture adminKey={adminKey} name={name} qr={link.qr} words={words} />}
      {link?.pairingCode !== undefined && (
        <p className={classes.pairing}>
          {words.code}
          <strong>{link.pairingCode}</strong>
        </p>
      )}
      <Orders channel={channel} words={words} onOrder={onOrder} />
    </li>
  );
}

function Badge({ channel, words }: { channel: ChannelView; words: ChannelWords }) {
  const isLost = channel.isStale && channel.status !== 'stopped';
  const tone = isLost ? 'bad' : tones[channel.status];
  return (
    <span className={classes.badge} data-tone={tone}>
      {words.statuses[channel.status]}
    </span>
  );
}

function Orders({ channel, words, onOrder }: Pick<ChannelCardProps, 'channel' | 'words' | 'onOrder'>) {
  const [isSure, setIsSure] = useState(false);
  const [isBusy, setIsBusy] = useState(false);
  const order = async (what: 'stop' | 'start' | 'unlink') => {
    setIsBusy(true);
    await onOrder(what);
    setIsBusy(false);
    setIsSure(false);
  };
  const isStopped = channel.wanted === 'stopped';
  return (
    <div className={classes.orders}>
      <Button
        size="xs"
        variant={isStopped ? 'filled' : 'default'}
        loading={isBusy && !isSure}
        leftSection={isStopped ? <IconPlayerPlay size={15} aria-hidden /> : <IconPlayerStop size={15} aria-hidden />}
        onClick={() => order(isStopped ? 'start' : 'stop')}
      >
        {isStopped ? words.start : words.stop}
      </Button>
      {channel.canUnlink && (
        <Button
          size="xs"
          variant={isSure ? 'filled' : 'default'}
          {...(isSure ? { color: 'red' } : {})}
          loading={isBusy && isSure}
          leftSection={<IconUnlink size={15} aria-hidden />}
          title={words.unlinkNote}
          onClick={() => (isSure ? order('unlink') : setIsSure(true))}
          onBlur={() => setIsSure(false)}
        >
          {isSure ? words.surely : words.unlink}
        </Button>
      )}
    </div>
  );
}

/** The time alone while it is of today. */
function timeOf(iso: string, locale: string): string {
  const at = new Date(iso);
  const isToday = at.toDateString() === new Date().toDateString();
  return at.toLocaleString(locale, isToday ? { timeStyle: 'short' } : { dateStyle: 'medium', timeStyle: 'short' });
}
