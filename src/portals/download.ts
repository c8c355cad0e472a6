import { readFile, stat } from 'node:fs/promises';
import type { Locator, Page } from 'playwright';
import { Failure } from '../domain/failure.ts';

export interface PortalFile {
  kind: 'xml' | 'pdf' | 'zip';
  name: string;
  bytes: Uint8Array;
}

const maxFileBytes = 16 * 1024 * 1024;

/**
 * Fetches what a link or button gives, within the session: a download, or a file that the browser would show.
 * @throws {Failure} `portal-changed` for something else than a file of that kind, or one over 16 MB.
 */
export async function download(page: Page, at: Locator, kind: PortalFile['kind']): Promise<PortalFile> {
  const coming = page.waitForEvent('download');
  coming.catch(() => undefined); // awaited below; the click may fail first
  await at.evaluate((element) => {
    // A file that the browser can show would open in its place; so it is saved.
    if (element.tagName !== 'A') return;
    if (!element.hasAttribute('download')) element.setAttribute('download', '');
    element.removeAttribute('target');
  });
  await at.click();
  const file = await coming;
  const path = await file.path();
  const { size } = await stat(path);
  if (size > maxFileBytes) throw new Failure('portal-changed', 'review', `the ${kind} has ${size} bytes`);
  const bytes = await readFile(path);
  if (!isOfKind(bytes, kind)) throw new Failure('portal-changed', 'review', `what was downloaded is no ${kind}`);
  return { kind, name: file.suggestedFilename().slice(0, 200), bytes };
}

function isOfKind(bytes: Buffer, kind: PortalFile['kind']): boolean {
  const head = bytes
    .subarray(0, 512)
    .toString('latin1')
    .replace(/^\u00ef\u00bb\u00bf/, '')
    .trimStart();
  if (kind === 'pdf') return head.startsWith('%PDF-');
  if (kind === 'zip') return head.startsWith('PK');
  return /^<\?xml|^<[\w:]*Comprobante/.test(head);
}
