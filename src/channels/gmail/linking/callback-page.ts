import { createHash } from 'node:crypto';
import type { Language } from '../../../domain/language.ts';
import { gmailTexts } from '../texts.ts';
import type { Linked } from './linking.ts';

const style = `
:root{color-scheme:light dark;--paper:#fff;--ink:#1c2b26;--soft:#5b6b65;--ground:#eef4f1;--good:#0b7a55;--bad:#b4531a;--line:#d8e4de}
@media(prefers-color-scheme:dark){:root{--paper:#16211d;--ink:#e9f2ee;--soft:#9fb1aa;--ground:#0d1512;--good:#3fc796;--bad:#f0a26b;--line:#26352f}}
*{box-sizing:border-box}body{margin:0;min-height:100vh;display:grid;place-items:center;padding:24px;background:var(--ground);color:var(--ink);
font:17px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Liberation Sans",sans-serif}
main{width:100%;max-width:460px;background:var(--paper);border:1px solid var(--line);border-radius:20px;padding:40px 32px 28px;text-align:center;
box-shadow:0 12px 40px rgb(0 0 0/.08)}
.mark{width:72px;height:72px;border-radius:50%;display:grid;place-items:center;margin:0 auto 20px;font-size:36px;color:var(--paper);background:var(--bad)}
.done .mark{background:var(--good)}h1{font-size:23px;line-height:1.3;margin:0 0 8px;overflow-wrap:anywhere}p{margin:0;color:var(--soft)}
section+section{margin-top:24px;padding-top:24px;border-top:1px solid var(--line)}section+section h1{font-size:17px;font-weight:600}
section+section p{font-size:15px}footer{margin-top:28px;font-size:14px;color:var(--soft);letter-spacing:.02em}footer b{color:var(--good)}`;

/** No script, no picture, nothing from elsewhere; only this very style. */
export const pagePolicy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'`;

/** Where people come back from Google: in their language, with another one below. */
export function callbackPage(linked: Linked, fallback: Language): string {
  const first = linked.language ?? fallback;
  const second: Language = first === 'en' ? 'es' : 'en';
  const mark = linked.kind === 'done' ? '✓' : '!';
  return `<!doctype html><html lang="${first}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex"><title>${escaped(titleOf(linked, first))} · Recibot</title><style>${style}</style></head>
<body><main class="${linked.kind}"><div class="mark" aria-hidden="true">${mark}</div>
${section(linked, first)}${section(linked, second)}<footer><b>Recibot</b> · Gmail</footer></main></body></html>`;
}

function section(linked: Linked, language: Language): string {
  const more = gmailTexts[language].page[`${linked.kind}More`];
  return `<section lang="${language}"><h1>${escaped(titleOf(linked, language))}</h1><p>${escaped(more)}</p></section>`;
}

function titleOf(linked: Linked, language: Language): string {
  const { page } = gmailTexts[language];
  return 'address' in linked ? page[linked.kind](linked.address) : page[linked.kind];
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
}
