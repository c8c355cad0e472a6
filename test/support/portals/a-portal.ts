import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Ends } from '../store.ts';
import { aspPages } from './asp-pages.ts';
import { jsfPages } from './jsf-pages.ts';
import { portalBooks, type Sale } from './portal-books.ts';
import { spaPages } from './spa-pages.ts';

/** How its pages work: whole pages with a view state, one page with partial posts, or a script that draws everything. */
export type PortalStyle = 'asp' | 'jsf' | 'spa';

export interface PortalTrouble {
  /** Every answer comes this much later. */
  slowMs: number;
  /** So many requests are answered with 500 first. */
  failFirst: number;
  /** A captcha stands before the submit; this is what its picture says. */
  captcha: string | null;
  /** The form has other names and words than the recipe knows. */
  isChanged: boolean;
  /** Called when a submit is there, before and after the portal does it. */
  atSubmit: (when: 'before' | 'after') => Promise<void>;
}

export interface Exchange {
  path: string;
  method: string;
  form: URLSearchParams;
  json: Record<string, string>;
  cookie: string;
}

export interface Answer {
  status?: number;
  type?: string;
  headers?: Record<string, string>;
  body: string | Buffer;
}

export interface PortalParts {
  books: ReturnType<typeof portalBooks>;
  trouble: PortalTrouble;
}

const styles = { asp: aspPages, jsf: jsfPages, spa: spaPages };

/**
 * An invoicing portal on loopback, in the style of one of the platforms in the field. It checks what a real one checks (see
 * portal-books.ts), wants its view state and session back unchanged, and counts its submissions.
 */
export async function aPortal(t: Ends, style: PortalStyle, sales: readonly Sale[]) {
  const books = portalBooks(sales);
  const trouble: PortalTrouble = {
    slowMs: 0,
    failFirst: 0,
    captcha: null,
    isChanged: false,
    atSubmit: async () => undefined,
  };
  const pages = styles[style]({ books, trouble });
  const paths: string[] = [];

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString();
    const path = request.url ?? '/';
    if (path === '/favicon.ico') return void response.writeHead(404).end();
    paths.push(`${request.method} ${path}`);
    if (trouble.slowMs > 0) await new Promise((resolve) => setTimeout(resolve, trouble.slowMs));
    if (trouble.failFirst > 0) {
      trouble.failFirst -= 1;
      return void response.writeHead(500, { 'content-type': 'text/html' }).end('<h1>Error de servidor</h1>');
    }
    const isJson = request.headers['content-type']?.includes('json') === true;
    const {
      status = 200,
      type = 'text/html; charset=utf-8',
      headers = {},
      body: said,
    } = await pages({
      path,
      method: request.method ?? 'GET',
      form: new URLSearchParams(isJson ? '' : body),
      json: isJson ? JSON.parse(body) : {},
      cookie: request.headers.cookie ?? '',
    });
    response.writeHead(status, { 'content-type': type, ...headers }).end(said);
  }

  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo; // it listens on TCP
  return { url: `http://127.0.0.1:${port}/`, books, trouble, paths };
}

export type Portal = Awaited<ReturnType<typeof aPortal>>;
