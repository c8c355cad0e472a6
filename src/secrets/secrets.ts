import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { Failure } from '../domain/failure.ts';

const algorithm = 'aes-256-gcm';
/** First byte of what is sealed, so that another algorithm can follow. */
const version = 1;
/** NIST SP 800-38D: 96 bits of IV, 128 bits of tag. */
const ivBytes = 12;
const tagBytes = 16;

/** Keeps tokens, keys and passwords unreadable in the database. */
export interface Secrets {
  /** `context` says what it is and whose (`gmail-token:<person>`); sealed bytes moved to another place do not open there. */
  seal(plain: string | Uint8Array, context: string): Buffer;
  /** @throws {Failure} `secret-unreadable` when the bytes, the context or the key are not those of `seal`. */
  open(sealed: Uint8Array, context: string): Buffer;
}

/** AES-256-GCM. `key` is base64url or base64 of 32 bytes. */
export function createSecrets(key: string): Secrets {
  const keyObject = Buffer.from(key, 'base64');
  return {
    seal(plain, context) {
      const iv = randomBytes(ivBytes);
      const cipher = createCipheriv(algorithm, keyObject, iv, { authTagLength: tagBytes }).setAAD(Buffer.from(context));
      const body = [cipher.update(plain), cipher.final()];
      return Buffer.concat([Buffer.of(version), iv, ...body, cipher.getAuthTag()]);
    },
    open(sealed, context) {
      try {
        const bytes = Buffer.from(sealed);
        if (bytes[0] !== version) throw new Error(`version ${bytes[0]}`);
        const iv = bytes.subarray(1, 1 + ivBytes);
        const decipher = createDecipheriv(algorithm, keyObject, iv, { authTagLength: tagBytes });
        decipher.setAAD(Buffer.from(context)).setAuthTag(bytes.subarray(-tagBytes));
        return Buffer.concat([decipher.update(bytes.subarray(1 + ivBytes, -tagBytes)), decipher.final()]);
      } catch (cause) {
        throw new Failure('secret-unreadable', 'dead-letter', `cannot open ${context}: is SECRETS_KEY another one?`, {
          cause,
        });
      }
    },
  };
}
