import { z } from 'zod';

const User = z.object({
  id: z.int(),
  is_bot: z.boolean().optional(),
  first_name: z.string().optional(),
  last_name: z.string().optional(),
  username: z.string().optional(),
  language_code: z.string().optional(),
});
export type User = z.infer<typeof User>;

const Chat = z.object({ id: z.int(), type: z.string() });
const Entity = z.object({ type: z.string(), offset: z.int(), length: z.int(), user: User.optional() });
const PhotoSize = z.object({ file_id: z.string(), width: z.int(), height: z.int(), file_size: z.int().optional() });
const Document = z.object({
  file_id: z.string(),
  file_name: z.string().optional(),
  mime_type: z.string().optional(),
  file_size: z.int().optional(),
});
const present = z.object({}).optional();

/** Kinds of message that no document can be in. */
const otherKinds = {
  ...{ voice: present, audio: present, video: present, video_note: present, animation: present, sticker: present },
  ...{ location: present, venue: present, contact: present, poll: present, dice: present, story: present },
};
export const otherKindNames = Object.keys(otherKinds) as (keyof typeof otherKinds)[]; // exactly the keys above

/** The parts of a Bot API message that Recibot looks at; the rest is dropped. */
export const Message = z.object({
  ...otherKinds,
  message_id: z.int(),
  /** Unix time in seconds. */
  date: z.int(),
  chat: Chat,
  from: User.optional(),
  text: z.string().optional(),
  caption: z.string().optional(),
  entities: z.array(Entity).optional(),
  caption_entities: z.array(Entity).optional(),
  media_group_id: z.string().optional(),
  photo: z.array(PhotoSize).optional(),
  document: Document.optional(),
  reply_to_message: z.object({ message_id: z.int().optional(), from: User.optional() }).optional(),
});
export type Message = z.infer<typeof Message>;

/** `message.date` is 0 when the message is too old for the bot to see. */
export const CallbackQuery = z.object({
  id: z.string(),
  from: User,
  message: z.object({ message_id: z.int(), date: z.int(), chat: Chat }).optional(),
  data: z.string().optional(),
});
export type CallbackQuery = z.infer<typeof CallbackQuery>;

/** What Telegram brings (Bot API 9, https://core.telegram.org/bots/api#update), as far as Recibot asks for it. */
export const Update = z.object({
  update_id: z.int(),
  message: Message.optional(),
  callback_query: CallbackQuery.optional(),
});
export type Update = z.infer<typeof Update>;

/** The kinds of update that Telegram is asked for. */
export const allowedUpdates = ['message', 'callback_query'] as const;
