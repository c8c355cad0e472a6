import '@mantine/core/styles.css';
import '@mantine/dropzone/styles.css';
import './page.css';
import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { WordsProvider } from './i18n/use-words.tsx';
import { Shell } from './shell/shell.tsx';
import { theme } from './theme.ts';

/** The content policy allows only style tags that carry this page's nonce. */
const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';
Object.assign(globalThis, { __webpack_nonce__: nonce });

const colorScheme = localStorageColorSchemeManager({ key: 'recibot-color-scheme' });
const root = document.getElementById('root');
if (!root) throw new Error('the page has no #root');

createRoot(root).render(
  <StrictMode>
    <MantineProvider
      theme={theme}
      colorSchemeManager={colorScheme}
      defaultColorScheme="auto"
      getStyleNonce={() => nonce}
    >
      <WordsProvider>
        <Shell />
      </WordsProvider>
    </MantineProvider>
  </StrictMode>,
);
