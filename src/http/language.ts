import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Language } from '../domain/language.ts';

const Asked = z.object({ lang: Language });

/** The language to answer a request in: `?lang=`, else the first of Accept-Language that Recibot speaks, else `byDefault`. */
export function languageOf(request: Pick<FastifyRequest, 'query' | 'headers'>, byDefault: Language): Language {
  const asked = Asked.safeParse(request.query);
  if (asked.success) return asked.data.lang;
  return preferred(request.headers['accept-language'] ?? '') ?? byDefault;
}

/** Entries are tried in the order given: browsers list them by preference, so that the q values need no parsing. */
function preferred(header: string): Language | undefined {
  const tags = header.slice(0, 200).split(',');
  const languages = tags.map((tag) => Language.safeParse(tag.trim().slice(0, 2).toLowerCase()));
  return languages.find((parsed) => parsed.success)?.data;
}
