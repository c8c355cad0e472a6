import { Title, UnstyledButton } from '@mantine/core';
import { IconCircleCheck, IconReceipt2, IconShieldLock } from '@tabler/icons-react';
import { useState } from 'react';
import { useWords } from '../i18n/use-words.tsx';
import classes from './empty-state.module.css';

/** Drawn by web/samples/render.ts. */
const samples = [
  { file: 'ticket-mexico.jpg', mime: 'image/jpeg', words: 'ticket' },
  { file: 'pago-movil-venezuela.png', mime: 'image/png', words: 'payment' },
  { file: 'boleta-chile.jpg', mime: 'image/jpeg', words: 'boleta' },
] as const;

const pointIcons = [IconReceipt2, IconCircleCheck, IconShieldLock] as const;

export function EmptyState({ onFiles }: { onFiles: (files: File[]) => void }) {
  const { empty } = useWords();
  return (
    <div className={classes.empty}>
      <img className={classes.logo} src="/favicon.svg" width={64} height={64} alt="" />
      <Title order={1} size={30} mt={10}>
        {empty.title}
      </Title>
      <p className={classes.lead}>{empty.lead}</p>
      <ul className={classes.points}>
        {pointIcons.map((Icon, index) => (
          <li key={empty.points[index]}>
            <Icon size={20} aria-hidden />
            <span>{empty.points[index]}</span>
          </li>
        ))}
      </ul>
      <Title order={2} size={16} mt={22} mb={12}>
        {empty.samples}
      </Title>
      <Samples onFiles={onFiles} />
      <p className={classes.privacy}>{empty.privacy}</p>
    </div>
  );
}

function Samples({ onFiles }: { onFiles: (files: File[]) => void }) {
  const { empty } = useWords();
  const [isBusy, setBusy] = useState(false);

  async function sendSample({ file, mime }: (typeof samples)[number]): Promise<void> {
    setBusy(true);
    try {
      const response = await fetch(`/samples/${file}`);
      if (response.ok) onFiles([new File([await response.blob()], file, { type: mime })]);
    } finally {
      setBusy(false);
    }
  }

  return (
    <div className={classes.samples}>
      {samples.map((sample) => (
        <UnstyledButton
          key={sample.file}
          className={classes.sample}
          disabled={isBusy}
          onClick={() => sendSample(sample).catch(() => undefined)}
        >
          <img src={`/samples/${sample.file}`} alt="" loading="lazy" />
          <span>{empty[sample.words]}</span>
        </UnstyledButton>
      ))}
    </div>
  );
}
