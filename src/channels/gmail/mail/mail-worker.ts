/** Entry point of a mail thread: takes one mail apart at a time. */
import { toFailure } from '../../../domain/failure.ts';
import type { MailAnswer, MailJob } from './mail-reader.ts';
import { parseMail } from './parse-mail.ts';
import { unwrap } from './unwrap.ts';

export default async function run({ bytes, maxDocuments }: MailJob): Promise<MailAnswer> {
  try {
    const { attachments, ...mail } = await parseMail(bytes);
    return { kind: 'read', mail, unwrapped: await unwrap({ ...mail, attachments }, maxDocuments) };
  } catch (error) {
    return { kind: 'damaged', message: toFailure(error).message };
  }
}
