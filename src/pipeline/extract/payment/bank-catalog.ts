import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** An app or screen of a bank that prints payment proofs; any of `marks` on the image names it. */
export const BankApp = z.object({ name: z.string().min(1), marks: z.array(z.string().min(4)).min(1) });
export type BankApp = z.infer<typeof BankApp>;

export const Bank = z.object({
  /** ISO 3166-1 alpha-2. */
  country: z.string().regex(/^[A-Z]{2}$/),
  /** The national clearing code, where proofs print it (Venezuela: four digits). */
  code: z.string().regex(/^\d+$/).nullable(),
  /** As it is shown to the user. */
  name: z.string().min(1),
  /** Other ways in which proofs name it; accents, blanks and case do not matter. */
  aliases: z.array(z.string().min(2)).default([]),
  /** Names that are also surnames or ordinary words: believed only after a label that announces a bank. */
  words: z.array(z.string().min(2)).default([]),
  apps: z.array(BankApp).default([]),
  /** Lengths in digits of the references that its own app prints. */
  referenceLengths: z.array(z.int().positive()).default([]),
});
export type Bank = z.infer<typeof Bank>;

/** All banks that proofs may name: `config/banks.json`. */
export const BankCatalog = z.array(Bank).readonly();
export type BankCatalog = z.infer<typeof BankCatalog>;

/** Reads and checks a catalogue file, once at start. Throws when it is missing or wrong. */
export function loadBankCatalog(file: URL | string): BankCatalog {
  return BankCatalog.parse(JSON.parse(readFileSync(file, 'utf8')));
}
