import mongoose from 'mongoose';
import { z } from 'zod';

const KeptButton = z.object({ label: z.string(), data: z.string() });
const Bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array);

/** A reply as it was given, so that the same message gets the same one again. */
export const KeptReply = z.object({
  text: z.string(),
  buttons: z.array(z.array(KeptButton)).exactOptional(),
  file: z.object({ name: z.string(), mime: z.string(), bytes: Bytes }).exactOptional(),
});
export type KeptReply = z.infer<typeof KeptReply>;

/** Reads a reply out of the database, where the driver gives bytes back as its own Binary. */
export function toKeptReply(found: unknown): KeptReply {
  const { file, ...rest } = z.looseObject({ file: z.looseObject({ bytes: z.unknown() }).optional() }).parse(found);
  if (!file) return KeptReply.parse(rest);
  const { bytes } = file;
  const plain = { ...file, bytes: bytes instanceof mongoose.mongo.Binary ? bytes.buffer : bytes };
  return KeptReply.parse({ ...rest, file: plain });
}
