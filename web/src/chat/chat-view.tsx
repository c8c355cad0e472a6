import { Loader } from '@mantine/core';
import { useCallback, useEffect, useRef } from 'react';
import { ConnectionBanner } from '../shell/connection-banner.tsx';
import classes from './chat.module.css';
import { Composer } from './composer.tsx';
import { DaySeparator, startsDay } from './day-separator.tsx';
import { EmptyState } from './empty-state.tsx';
import { PageDrop } from './page-drop.tsx';
import { TimelineRow } from './timeline-row.tsx';
import { Typing } from './typing.tsx';
import { useChat } from './use-chat.ts';
import { usePaste } from './use-paste.ts';

export function ChatView() {
  const chat = useChat();
  const { items, send } = chat;
  const openFilesRef = useRef<() => void>(() => undefined);
  const openFiles = useCallback(() => openFilesRef.current(), []);
  usePaste(send);
  return (
    <>
      <ConnectionBanner connection={chat.connection} />
      <PageDrop onFiles={send} />
      <Scrolled count={items.length}>
        {items.length === 0 && (chat.isLoaded ? <EmptyState onFiles={send} /> : <Loader m="auto" type="dots" />)}
        {items.length > 0 && (
          <ol className={classes.list} role="log" aria-live="polite" aria-relevant="additions">
            {items.map((item, index) => (
              <li key={item.id} id={`item-${item.id}`}>
                {startsDay(item, items[index - 1]) && <DaySeparator at={item.at} />}
                <TimelineRow item={item} chat={chat} onAnother={openFiles} />
              </li>
            ))}
          </ol>
        )}
        {chat.isThinking && <Typing />}
      </Scrolled>
      <Composer onFiles={send} onText={chat.say} openRef={openFilesRef} />
    </>
  );
}

/** Keeps the newest in sight, unless the person has scrolled up to read. */
function Scrolled({ count, children }: { count: number; children: React.ReactNode }) {
  const boxRef = useRef<HTMLDivElement>(null);
  const contentRef = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(false);
  const lastTop = useRef(0);

  useEffect(() => {
    // A newcomer's page is read from the top; a chat from its end.
    isAtEnd.current = count > 0;
    if (count > 0) toEnd(boxRef.current);
  }, [count]);

  useEffect(() => {
    const content = contentRef.current;
    if (!content) return;
    const observer = new ResizeObserver(() => {
      if (isAtEnd.current) toEnd(boxRef.current);
    });
    observer.observe(content);
    return () => observer.disconnect();
  }, []);

  const onScroll = () => {
    const box = boxRef.current;
    if (!box || count === 0) return;
    const isNear = box.scrollHeight - box.scrollTop - box.clientHeight < 120;
    // What grows at the end, as a picture that has loaded, is no scrolling up.
    if (isNear || box.scrollTop < lastTop.current) isAtEnd.current = isNear;
    lastTop.current = box.scrollTop;
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard
    <section className={classes.scroll} ref={boxRef} onScroll={onScroll} tabIndex={0} aria-label="Chat">
      <div className={classes.column} ref={contentRef}>
        {children}
      </div>
    </section>
  );
}

function toEnd(box: HTMLDivElement | null): void {
  box?.scrollTo({ top: box.scrollHeight });
}
