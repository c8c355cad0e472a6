import { Button, Group, RingProgress, Text } from '@mantine/core';
import { IconAlertCircle, IconClock } from '@tabler/icons-react';
import { useWords } from '../i18n/use-words.tsx';
import type { Outgoing } from './chat-state.ts';
import { MineBubble } from './mine-bubble.tsx';
import { Theirs } from './theirs.tsx';
import type { Chat } from './use-chat.ts';

/** A file on its way, with its progress; or one that could not be sent, with what can be done. */
export function OutgoingBubble({ outgoing, chat }: { outgoing: Outgoing; chat: Chat }) {
  const { sending, notSent } = useWords();
  const { file, previewUrl, state, percent, message, reason, at } = outgoing;
  const isRefused = state === 'refused';
  const mark = isRefused ? <IconAlertCircle size={14} aria-label={notSent} /> : <IconClock size={14} aria-hidden />;
  const veil = isRefused ? null : (
    <RingProgress
      size={72}
      thickness={6}
      roundCaps
      sections={[{ value: percent, color: 'white' }]}
      rootColor="rgb(255 255 255 / 30%)"
      label={<Text ta="center" size="xs" c="white">{`${percent}%`}</Text>}
      aria-label={sending.progress(percent)}
    />
  );
  return (
    <>
      <MineBubble
        name={file.name}
        mime={file.type}
        sizeBytes={file.size}
        imageUrl={previewUrl}
        at={at}
        veil={veil}
        mark={mark}
      />
      {state === 'again' && (
        <Group justify="flex-end" gap={8}>
          <Text size="sm" c="var(--rb-warn)">
            {sending.again}
          </Text>
          <Button size="compact-sm" variant="light" onClick={() => chat.retryNow(message)}>
            {sending.retry}
          </Button>
          <Button size="compact-sm" variant="subtle" color="gray" onClick={() => chat.discard(message)}>
            {sending.discard}
          </Button>
        </Group>
      )}
      {isRefused && (
        <Theirs>
          <Text>{reason || notSent}</Text>
          <Button mt={8} size="compact-sm" variant="light" onClick={() => chat.discard(message)}>
            {sending.discard}
          </Button>
        </Theirs>
      )}
    </>
  );
}
