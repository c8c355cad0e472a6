import { Group, NavLink } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconMessageCircle, IconPlugConnected } from '@tabler/icons-react';
import { channelWords } from '../channels/channel-words.ts';
import { ChannelsView } from '../channels/channels-view.tsx';
import { ChatView } from '../chat/chat-view.tsx';
import { useSpoken, useWords } from '../i18n/use-words.tsx';
import { Brand } from './brand.tsx';
import { LanguageToggle } from './language-toggle.tsx';
import { SchemeToggle } from './scheme-toggle.tsx';
import classes from './shell.module.css';

/** Sections of the page, each at its own address; those that come later (review, dashboard) become an entry here. */
const sections = [
  { key: 'chat', path: '/', icon: IconMessageCircle, View: ChatView },
  { key: 'channels', path: '/canales', icon: IconPlugConnected, View: ChannelsView },
] as const;
const [chat] = sections;
const current = sections.find(({ path }) => path === location.pathname) ?? chat;
/** Who is in the chat need not know of the sections for operators. */
const shown = current === chat ? [chat] : sections;

export function Shell() {
  const words = useWords();
  const isPhone = useMediaQuery('(max-width: 800px)', false, { getInitialValueInEffect: false });
  return (
    <div className={classes.shell}>
      <a className="rb-skip" href="#chat">
        {words.skipToChat}
      </a>
      {isPhone ? <TopBar /> : <Aside />}
      <main className={classes.main} id="chat" tabIndex={-1}>
        <current.View />
      </main>
    </div>
  );
}

function Aside() {
  const { words, language } = useSpoken();
  const labels = { chat: words.navigation.chat, channels: channelWords[language].title };
  return (
    <aside className={classes.aside}>
      <Brand />
      <nav aria-label={words.navigation.label}>
        {shown.map(({ key, path, icon: Icon }) => (
          <NavLink
            key={key}
            href={path === current.path ? '#chat' : path}
            active={path === current.path}
            {...(path === current.path ? { 'aria-current': 'page' } : {})}
            label={labels[key]}
            leftSection={<Icon size={18} aria-hidden />}
            variant="light"
            styles={{ root: { borderRadius: 10 } }}
          />
        ))}
      </nav>
      <div className={classes.settings}>
        <SchemeToggle isWide />
        <LanguageToggle isWide />
      </div>
    </aside>
  );
}

function TopBar() {
  return (
    <header className={classes.topbar}>
      <Brand />
      <Group gap={6} wrap="nowrap">
        <LanguageToggle />
        <SchemeToggle />
      </Group>
    </header>
  );
}
