import { Group, NavLink } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconMessageCircle } from '@tabler/icons-react';
import { ChatView } from '../chat/chat-view.tsx';
import { useWords } from '../i18n/use-words.tsx';
import { Brand } from './brand.tsx';
import { LanguageToggle } from './language-toggle.tsx';
import { SchemeToggle } from './scheme-toggle.tsx';
import classes from './shell.module.css';

/** Sections of the page; those that come later (review, dashboard) become an entry here. */
const sections = [{ key: 'chat', icon: IconMessageCircle, View: ChatView }] as const;

export function Shell() {
  const words = useWords();
  const isPhone = useMediaQuery('(max-width: 800px)', false, { getInitialValueInEffect: false });
  const [current] = sections;
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
  const words = useWords();
  return (
    <aside className={classes.aside}>
      <Brand />
      <nav aria-label={words.navigation.label}>
        {sections.map(({ key, icon: Icon }) => (
          <NavLink
            key={key}
            href="#chat"
            active
            aria-current="page"
            label={words.navigation[key]}
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
