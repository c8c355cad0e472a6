import { useEffect, useState } from 'react';
import { loadQr } from './admin-api.ts';
import type { ChannelWords } from './channel-words.ts';
import { channelName } from './channel-words.ts';
import classes from './channels.module.css';

export interface QrPictureProps {
  adminKey: string;
  name: string;
  /** What the code says: another one is another picture. */
  qr: string;
  words: ChannelWords;
}

export function QrPicture({ adminKey, name, qr, words }: QrPictureProps) {
  const [url, setUrl] = useState<string | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another code is another picture at the same address
  useEffect(() => {
    let isGone = false;
    let loaded: string | null = null;
    loadQr(adminKey, name).then(
      (address) => {
        loaded = address;
        if (isGone) URL.revokeObjectURL(address);
        else setUrl(address);
      },
      // The code has changed meanwhile: the next look brings the next one.
      () => undefined,
    );
    return () => {
      isGone = true;
      if (loaded) URL.revokeObjectURL(loaded);
    };
  }, [adminKey, name, qr]);
  return (
    <div className={classes.link}>
      <div className={classes.qr}>{url && <img src={url} alt={words.qrOf(channelName(name, words))} />}</div>
      <div>
        <h3 className={classes.linkTitle}>{words.scan}</h3>
        <ol className={classes.steps}>
          {words.steps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
      </div>
    </div>
  );
}
