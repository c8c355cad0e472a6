import { createPrivateKey, X509Certificate } from 'node:crypto';
import { Failure } from '../../domain/failure.ts';
import type { Credentials } from '../../store/credentials.ts';
import type { Credential } from './envelope.ts';

const name = 'dian-certificate';
const pemBlock = /-----BEGIN ([A-Z0-9 ]+)-----[\s\S]+?-----END \1-----/g;

/** The certificates that companies sign their questions to the DIAN with. */
export interface KeptCredentials {
  of(companyId: string): Promise<Credential | null>;
  /**
   * Keeps a certificate and its private key, both in one PEM text, the key with or without a password.
   * @throws {Failure} `invalid-request` (ask) when one is missing, the two do not belong together, or the certificate has run out.
   */
  keep(companyId: string, pem: string, password: string | undefined, now: Date): Promise<X509Certificate>;
}

export function createKeptCredentials(credentials: Credentials): KeptCredentials {
  return {
    of: async (companyId) => {
      const pem = await credentials.get(companyId, name);
      return pem === null ? null : parts(pem);
    },
    keep: async (companyId, pem, password, now) => {
      const { certificate, privateKeyPem } = parts(pem, password);
      if (certificate.validToDate < now) throw refused(`the certificate ran out on ${certificate.validTo}`);
      await credentials.set(companyId, name, `${certificate.toString()}\n${privateKeyPem}`);
      return certificate;
    },
  };
}

/** The holder's certificate is the one that the key belongs to; a file may hold the whole chain. */
function parts(pem: string, password?: string): Credential {
  const blocks = [...pem.matchAll(pemBlock)].map(([text, kind = '']) => ({ text, kind }));
  const keyText = blocks.find(({ kind }) => kind.endsWith('PRIVATE KEY'))?.text;
  if (!keyText) throw refused('there is no private key in the PEM');
  const key = openKey(keyText, password);
  const certificates = blocks.filter(({ kind }) => kind === 'CERTIFICATE').map(({ text }) => new X509Certificate(text));
  const certificate = certificates.find((one) => one.checkPrivateKey(key));
  if (!certificate) throw refused('no certificate in the PEM belongs to its private key');
  return { certificate, privateKeyPem: String(key.export({ type: 'pkcs8', format: 'pem' })) };
}

function openKey(pem: string, passphrase?: string) {
  try {
    return createPrivateKey({ key: pem, ...(passphrase === undefined ? {} : { passphrase }) });
  } catch (cause) {
    throw refused('the private key cannot be opened: is its password missing or wrong?', cause);
  }
}

function refused(message: string, cause?: unknown): Failure {
  return new Failure('invalid-request', 'ask', message, { cause });
}
